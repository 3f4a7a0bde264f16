declare const rendered: unique symbol;

/** SQL in which every parameter is a literal of its declared type. Only the renderer makes it. */
export type Sql = string & { readonly [rendered]: true };
