/** Where a Flinks login was made. */
export enum Site {
  CA = "ca",
  US = "us",
}
