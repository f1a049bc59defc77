(()=>{
const d=document,all=(s,f)=>d.querySelectorAll(s).forEach(f),own=d.currentScript.dataset,looks=[];
let stream,leaving,hidden,wait=5e3;
if(location.pathname.startsWith(own.here+'/'))history.replaceState(null,'',own.here);
const again=()=>{if(!leaving)location.replace(own.here)};
const kept=(f)=>{try{return f(sessionStorage)}catch{}};
all('[data-copy]',b=>{const label=b.textContent;b.hidden=false;b.onclick=async()=>{
let ok=true;
try{await navigator.clipboard.writeText(b.dataset.copy)}
catch{const t=d.createElement('textarea');t.value=b.dataset.copy;t.readOnly=true;t.style.position='fixed';d.body.append(t);t.select();
try{ok=d.execCommand('copy')}catch{ok=false}t.remove();b.focus();
if(!ok)getSelection().selectAllChildren(b.parentNode.querySelector('b')||b)}
b.textContent=ok?b.dataset.done:b.dataset.failed;setTimeout(()=>b.textContent=label,2e3)}});
all('[data-left]',e=>{const end=Date.now()+ +e.dataset.left,two=n=>String(n).padStart(2,'0');let timer;e.hidden=false;
const tick=()=>{clearTimeout(timer);const s=Math.max(0,Math.ceil((end-Date.now())/1e3)),h=Math.floor(s/3600);
e.lastElementChild.textContent=(h?h+':'+two(Math.floor(s/60)%60):Math.floor(s/60))+':'+two(s%60);
timer=s?setTimeout(tick,500):setTimeout(again,1500)};tick();looks.push(tick)});
all('[data-again]',e=>setTimeout(again,Math.min(+e.dataset.again+1e3,2**31-1)));
all('form',f=>f.addEventListener('submit',()=>{f.classList.add('busy');leaving=true;stream&&stream.close()}));
all('[data-print]',b=>{b.hidden=false;b.onclick=()=>print()});
addEventListener('beforeprint',()=>all('details',e=>e.open=e.open||!e.querySelector('form')));
const fresh=kept(s=>s.getItem('paid'))==own.here;kept(s=>s.removeItem('paid'));
all('[data-go]',a=>{if(!fresh)return;const said=a.nextElementSibling,stay=d.querySelector('[data-stay]');let left=5,timer;
const stop=()=>{clearInterval(timer);said.hidden=stay.hidden=true};
const say=()=>said.textContent=said.dataset.going.replace('#',left);
stay.onclick=stop;a.addEventListener('click',stop);said.hidden=stay.hidden=false;say();
timer=setInterval(()=>{if(d.hidden)return;if(--left)say();else{stop();a.click()}},1e3)});
const follow=()=>{if(stream)stream.close();stream=new EventSource(own.events);
stream.onopen=()=>wait=5e3;
stream.addEventListener('changed',()=>{if(!d.querySelector('[data-go]'))kept(s=>s.setItem('paid',own.here));again()});
stream.onerror=()=>{if(stream.readyState==2){setTimeout(()=>leaving||follow(),wait);wait=Math.min(wait*2,6e4)}}};
const back=()=>{if(d.hidden){hidden=Date.now();return}
looks.forEach(f=>f());
if(stream&&!leaving&&(stream.readyState==2||hidden&&Date.now()-hidden>1e4))follow();hidden=0};
d.addEventListener('visibilitychange',back);
addEventListener('pageshow',e=>{leaving=false;all('.busy',f=>f.classList.remove('busy'));if(e.persisted&&own.events)again();else back()});
if(own.events){if(window.EventSource)follow();else setInterval(()=>d.hidden||again(),3e4)}
})()
