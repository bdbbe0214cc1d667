export default async function Page() {
  const accounts = await flinks({ secretKey: process.env.FLINKS_SECRET_KEY });
  return <List items={accounts} />;
}
