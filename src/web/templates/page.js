(()=>{
const d=document,all=(s,f)=>d.querySelectorAll(s).forEach(f),own=d.currentScript.dataset;
let stream,leaving;
const again=()=>{if(!leaving)location.replace(own.here)};
all('[data-copy]',b=>{const label=b.textContent;b.hidden=false;b.onclick=async()=>{
let ok=true;
try{await navigator.clipboard.writeText(b.dataset.copy)}
catch{const t=d.createElement('textarea');t.value=b.dataset.copy;t.readOnly=true;t.style.position='fixed';d.body.append(t);t.select();
try{ok=d.execCommand('copy')}catch{ok=false}t.remove();b.focus();
if(!ok)getSelection().selectAllChildren(b.parentNode.querySelector('b')||b)}
b.textContent=ok?b.dataset.done:b.dataset.failed;setTimeout(()=>b.textContent=label,2e3)}});
all('[data-left]',e=>{const end=performance.now()+ +e.dataset.left,two=n=>String(n).padStart(2,'0');e.hidden=false;
const tick=()=>{const s=Math.max(0,Math.ceil((end-performance.now())/1e3)),h=Math.floor(s/3600);
e.lastElementChild.textContent=(h?h+':'+two(Math.floor(s/60)%60):Math.floor(s/60))+':'+two(s%60);
if(s)setTimeout(tick,500);else setTimeout(again,1500)};tick()});
all('[data-again]',e=>setTimeout(again,Math.min(+e.dataset.again+1e3,2**31-1)));
all('form',f=>f.addEventListener('submit',()=>{f.classList.add('busy');leaving=true;stream&&stream.close()}));
all('[data-save]',b=>{b.hidden=false;b.onclick=()=>{const i=new Image;i.onload=()=>{const c=d.createElement('canvas');c.width=c.height=960;
const x=c.getContext('2d');x.imageSmoothingEnabled=false;x.drawImage(i,0,0,960,960);
const a=d.createElement('a');a.href=c.toDataURL('image/png');a.download=b.dataset.save;a.click()};
i.src='data:image/svg+xml,'+encodeURIComponent(new XMLSerializer().serializeToString(d.querySelector('.qr')))}});
all('[data-print]',b=>{b.hidden=false;b.onclick=()=>print()});
addEventListener('pageshow',e=>{leaving=false;all('.busy',f=>f.classList.remove('busy'));if(e.persisted&&own.events)again()});
if(own.events&&window.EventSource){stream=new EventSource(own.events);stream.addEventListener('changed',again)}
})()
