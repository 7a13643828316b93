import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { Engine } from './app/engine/engine.ts';
import { startOfflineWith } from './app/engine/start-offline.ts';
import { applyAppearance, storedAppearance } from './app/features/settings/appearance.ts';
import { startLanguage } from './app/i18n/start.ts';
import './app/styles/tokens.css';
import './app/styles/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

applyAppearance(storedAppearance());
const engine = new Engine();
startOfflineWith(engine);
void engine.start();
await startLanguage();
createRoot(root).render(<App engine={engine} />);
