// The language service imports JSON without saying so, which node refuses; this loader hook says it.
export function load(url, context, next) {
  return next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);
}
