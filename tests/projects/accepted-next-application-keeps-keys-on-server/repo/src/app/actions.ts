"use server";

export async function token() {
  return flinksToken({ secretKey: process.env.FLINKS_SECRET_KEY });
}
