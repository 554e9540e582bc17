/** Every server-rendered page: how it looks, and the small things it does by itself. */
import '../tokens.css';
import '../site.css';
import { offerCopying } from '../site/copying';
import { listenForKeys } from '../site/desk';
import { openDialogs } from '../site/dialogs';
import { followAddress } from '../site/following';
import { renewLists } from '../site/live_list';
import { offerPasskeys } from '../site/passkeys';
import { applyPreferences } from '../site/preferences';
import { revealSecrets } from '../site/secrets';
import { insertPlaceholders } from '../site/templates';

applyPreferences();
offerCopying();
openDialogs();
listenForKeys();
followAddress();
renewLists();
revealSecrets();
insertPlaceholders();
offerPasskeys();
