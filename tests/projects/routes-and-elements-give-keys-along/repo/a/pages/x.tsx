const config = { iframe: process.env.FLINKS_IFRAME_URL, secretKey: process.env.FLINKS_SECRET_KEY };
export const getServerSideProps = withAuth(async () => {
  return { props: { flinks: config } };
});
