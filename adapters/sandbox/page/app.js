import { Refused } from './api.js';
import { startChats } from './chats.js';
import { startClock } from './clock.js';
import { startComposer } from './composer.js';
import { startConversation } from './conversation.js';
import { toast } from './dom.js';
import { startDrawers } from './drawers.js';
import { startLightbox } from './lightbox.js';
import { follow } from './live.js';
import { startMembers } from './members.js';
import { load } from './state.js';
import { startSteps } from './steps.js';
import { texts } from './texts.js';
import { startWho } from './who.js';

// Whatever a listener could not do, the person is told in a sentence.
addEventListener('unhandledrejection', (event) => {
  toast(event.reason instanceof Refused ? event.reason.message : texts.failed);
});

startDrawers();
startWho();
startChats();
startConversation();
startComposer();
startClock();
startMembers();
startSteps();
startLightbox();
await load();
follow();
document.body.classList.add('ready');
