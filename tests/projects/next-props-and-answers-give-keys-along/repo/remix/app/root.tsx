export const loader = () => ({ ENV: { FLINKS_API_KEY: process.env.FLINKS_API_KEY } });
export default function App() { const data = useLoaderData(); return <script dangerouslySetInnerHTML={{ __html: `window.ENV = ${JSON.stringify(data.ENV)}` }} />; }
