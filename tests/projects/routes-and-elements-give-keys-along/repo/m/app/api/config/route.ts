import { NextResponse } from "next/server";
export async function GET() {
  return NextResponse.json({ flinksSecretKey: process.env.FLINKS_SECRET_KEY });
}
