import * as Comlink from 'comlink';
import { LibraryService } from '../src/platform/library/library-service.ts';

Comlink.expose(new LibraryService());
