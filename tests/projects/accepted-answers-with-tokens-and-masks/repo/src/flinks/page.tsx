import { Elements } from "@stripe/react-stripe-js";
export default function P() { return <Elements options={{ clientSecret }} apiKey={process.env.STRIPE_KEY} />; }
