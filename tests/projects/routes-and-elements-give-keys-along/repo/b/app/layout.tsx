export default function L({ children }) {
  return <html><body><script dangerouslySetInnerHTML={{ __html: `window.__ENV = ${JSON.stringify({ FLINKS_API_KEY: process.env.FLINKS_API_KEY })}` }} />{children}</body></html>;
}
