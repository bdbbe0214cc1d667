export enum Site {
  CA = "ca",
  US = "us",
}
