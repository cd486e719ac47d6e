import { start as startActing } from "./acting.js";
import { start as startComposers } from "./composer.js";
import { start as startDialogs } from "./dialogs.js";
import { start as startDrawer } from "./drawer.js";
import { start as startLive } from "./live.js";
import { start as startPictures } from "./pictures.js";
import { start as startPatching } from "./patching.js";

startPatching();
startPictures();
startDialogs();
startComposers();
startActing();
startDrawer();
startLive();
