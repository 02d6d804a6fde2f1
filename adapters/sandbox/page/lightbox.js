import { byId, shownName } from './dom.js';

/** Shows a picture large, with what it says for those who cannot see it. */
export function openPicture(file, alt) {
  const image = byId('lightbox-image');
  image.src = `/files/${file.id}`;
  image.alt = alt;
  byId('lightbox-alt').textContent = alt;
  // A text form of the picture stands beside it where there is room; a few words stand below.
  byId('lightbox-body').classList.toggle('worded', alt.includes('\n'));
  const save = byId('lightbox-save');
  save.href = `/files/${file.id}`;
  save.download = shownName(file.name);
  byId('lightbox').showModal();
  byId('lightbox-body').scrollTop = 0;
}

export function startLightbox() {
  const dialog = byId('lightbox');
  byId('lightbox-image').addEventListener('load', ({ target }) => {
    target.classList.toggle('long', target.naturalHeight > target.naturalWidth * 1.6);
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target === byId('lightbox-image')) dialog.close();
  });
}
