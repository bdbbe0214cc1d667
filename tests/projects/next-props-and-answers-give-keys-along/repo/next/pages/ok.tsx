export async function getServerSideProps() {
  const secretKey = process.env.FLINKS_SECRET_KEY;
  const res = await fetch(`${process.env.FLINKS_API_URL}/GenerateAuthorizeToken`, { headers: { "flinks-auth-key": secretKey } });
  const { Token } = await res.json();
  return { props: { authorizeToken: Token, hasSecretKey: Boolean(secretKey), customerId: process.env.FLINKS_CUSTOMER_ID } };
}
