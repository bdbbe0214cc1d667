export enum AwsRegion {
  UsEast1 = "us-east-1",
  CaCentral1 = "ca-central-1",
}

export const SCORING_URL = "https://abc123.execute-api.us-east-1.amazonaws.com/prod/score";
export const LOGO = "https://nw-assets.s3.us-east-1.amazonaws.com/logo.png";
