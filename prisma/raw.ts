/** What raw statements need: the database, a transaction, or what {@link Database.rawTransaction} gives. */
export interface Raw {
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  $queryRaw(query: TemplateStringsArray, ...values: unknown[]): Promise<unknown>;
}
