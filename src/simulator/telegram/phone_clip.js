// The clip beside the text field: a picture of the person's own, made as small as Telegram makes them, or any other
// file as it is.
(() => {
  'use strict';
  const SIDE_MAX = 1280;
  const user = document.body.dataset.user;
  const [clip, picker, field] = ['clip', 'picker', 'text'].map((id) => document.getElementById(id));
  clip.setAttribute('aria-label', document.documentElement.lang === 'id' ? 'Kirim foto atau file' : 'Send a photo or file');
  clip.addEventListener('click', () => picker.click());
  picker.addEventListener('change', async () => {
    const [file] = picker.files;
    if (!file) return;
    picker.value = '';
    const caption = encodeURIComponent(field.value.trim().slice(0, 1024));
    const picture = file.type.startsWith('image/') ? await createImageBitmap(file).catch(() => null) : null;
    const answer = picture
      ? await send(`pictures?caption=${caption}`, 'image/jpeg', await jpeg(picture))
      : await send(`documents?name=${encodeURIComponent(file.name)}&caption=${caption}`, file.type, file);
    if (!answer?.ok) { chats.lost(); return; }
    field.value = '';
    field.dispatchEvent(new Event('input'));
  });

  function send(action, mediaType, body) {
    const headers = mediaType ? { 'Content-Type': mediaType } : {};
    return fetch(`${user}/${action}`, { method: 'POST', headers, body }).catch(() => null);
  }
  function jpeg(picture) {
    const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  }
})();
