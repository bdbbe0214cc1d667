import Widget from "./Widget";
export default function Page() {
  return <Widget flinksApiKey={process.env.FLINKS_X_API_KEY!} customerId={process.env.FLINKS_CUSTOMER_ID} />;
}
