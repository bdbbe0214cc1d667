export async function getServerSideProps() {
  return {
    props: {
      iframe: process.env.FLINKS_IFRAME_URL,
      flinksSecretKey: process.env.FLINKS_SECRET_KEY,
    },
  };
}
export default function Connect({ flinksSecretKey, iframe }) {
  return <iframe src={iframe} data-key={flinksSecretKey} />;
}
