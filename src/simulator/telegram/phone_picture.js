// The clip beside the text field: a picture of the person's own, made as small as Telegram makes them.
(() => {
  'use strict';
  const SIDE_MAX = 1280;
  const user = document.body.dataset.user;
  const [clip, picker, field] = ['clip', 'picker', 'text'].map((id) => document.getElementById(id));
  clip.setAttribute('aria-label', document.documentElement.lang === 'id' ? 'Kirim foto' : 'Send a photo');
  clip.addEventListener('click', () => picker.click());
  picker.addEventListener('change', async () => {
    const [file] = picker.files;
    if (!file) return;
    const picture = await createImageBitmap(file).catch(() => null);
    picker.value = '';
    if (!picture) return;
    const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const jpeg = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    const caption = encodeURIComponent(field.value.trim().slice(0, 1024));
    const answer = await fetch(`${user}/pictures?caption=${caption}`, { method: 'POST', headers: { 'Content-Type': 'image/jpeg' }, body: jpeg }).catch(() => null);
    if (!answer?.ok) return;
    field.value = '';
    field.dispatchEvent(new Event('input'));
  });
})();
