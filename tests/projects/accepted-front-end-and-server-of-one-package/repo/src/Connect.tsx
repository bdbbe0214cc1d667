import { useState } from "react";
import { tokenRoute } from "./lib/flinks";

export const Connect = () => <iframe src={import.meta.env.VITE_FLINKS_IFRAME_URL} />;
