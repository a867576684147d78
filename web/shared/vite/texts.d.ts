declare module "virtual:luytre-texts/*" {
  const texts: { errors: Record<string, string>; fields: Record<string, string> } & Record<string, unknown>;
  export default texts;
}
