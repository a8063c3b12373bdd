// From a request's document to its answer: checked against the schema and GitHub's limits, then executed by graphql-js.
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { GraphQLError, buildSchema, executeSync, getArgumentValues, getDirectiveValues, getNamedType, getVariableValues, parse, validate,
        specifiedRules, OverlappingFieldsCanBeMergedRule, GraphQLIncludeDirective, GraphQLSkipDirective, Kind } = require("graphql");
const { parseInstant } = require("./base");

const MOST_NODES = 500_000; // of one request
const schema = buildSchema(readFileSync(join(__dirname, "schema.graphql"), "utf8"));
// GitHub allows one response key for fields of different types on different types of object.
const rules = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule);

function scalar(name, good, why = "") {
    const check = (value) => {
        if (typeof value !== "string" || !good(value)) throw new GraphQLError(`${JSON.stringify(value)} is not a valid ${name}${why}`);
        return value;
    };
    Object.assign(schema.getType(name), { parseValue: check, parseLiteral: (node) => check(node.value) });
}
scalar("DateTime", (text) => parseInstant(text) !== null);
scalar("GitObjectID", (text) => /^[0-9a-f]{40}$/.test(text));
scalar("Base64String", (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text), ": not padded Base64 of RFC 4648");

// What a request may cost: {cost (points, by GitHub's formula), nodes (the most that may be returned), searches (how many it runs),
// hits (that they ask for together), errors}.
function budget(operation, fragments, variables) {
    const out = { cost: 1, nodes: 0, searches: 0, hits: 0, errors: [] };
    let requests = 0;
    const refuse = (type, alias, message) => out.errors.push({ type, path: [alias], message });
    function size(node, field, times) {
        const alias = (node.alias ?? node.name).value;
        const { first, last } = getArgumentValues(field, node, variables);
        const [wanted, name] = first != null ? [first, "first"] : [last, "last"];
        if (wanted == null) {
            refuse("MISSING_PAGINATION_BOUNDARIES", alias, `You must provide a \`first\` or \`last\` value to properly paginate the \`${field.name}\` connection.`);
            return 1;
        }
        if (wanted > 100)
            refuse("EXCESSIVE_PAGINATION", alias, `Requesting ${wanted} records on the \`${field.name}\` connection exceeds the \`${name}\` limit of 100 records.`);
        else if (wanted < 1)
            refuse("INVALID_PAGINATION", alias, `\`${name}\` on the \`${field.name}\` connection must be between 1 and 100.`);
        requests += times;
        out.nodes += times * wanted;
        if (field.name === "search") {
            ++out.searches;
            out.hits += wanted;
        }
        return wanted;
    }
    function walk(type, set, times) {
        for (const node of set.selections) {
            if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) continue;
            if (getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false) continue;
            if (node.kind === Kind.FRAGMENT_SPREAD) {
                const fragment = fragments.get(node.name.value);
                walk(schema.getType(fragment.typeCondition.name.value), fragment.selectionSet, times);
            } else if (node.kind === Kind.INLINE_FRAGMENT) {
                walk(node.typeCondition ? schema.getType(node.typeCondition.name.value) : type, node.selectionSet, times);
            } else if (node.selectionSet) {
                const field = type.getFields()[node.name.value], inner = getNamedType(field.type);
                walk(inner, node.selectionSet, times * (inner.name.endsWith("Connection") ? size(node, field, times) : 1));
            }
        }
    }
    walk(operation.operation === "mutation" ? schema.getMutationType() : schema.getQueryType(), operation.selectionSet, 1);
    if (out.errors.length === 0 && out.nodes > MOST_NODES)
        out.errors.push({ type: "MAX_NODE_LIMIT_EXCEEDED",
            message: `This query requests up to ${out.nodes} possible nodes which exceeds the maximum limit of ${MOST_NODES}.` });
    out.cost = Math.max(1, Math.round(requests / 100));
    return out;
}

const written = (error) => ({ ...(error.extensions?.type && { type: error.extensions.type }), path: error.path,
    ...(error.locations && { locations: error.locations }), message: error.message });

const documents = new Map(); // by text: {tree} or {errors}

function readDocument(text) {
    if (documents.has(text)) return documents.get(text);
    let out;
    try {
        const tree = parse(text);
        out = { tree, errors: validate(schema, tree, rules).map((error) => ({ ...written(error), extensions: { code: "invalidDocument" } })) };
    } catch (error) {
        out = { errors: [written(error)] };
    }
    documents.set(text, out);
    return out;
}

// {tree, operation, variables, cost, nodes, searches, hits}, or {errors}: then the answer has those and no data.
function prepare(text, operationName, variables) {
    const { tree, errors } = readDocument(text);
    if (errors?.length > 0) return { errors };
    const operations = tree.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
    const operation = operationName ? operations.find((one) => one.name?.value === operationName) : operations.length === 1 ? operations[0] : undefined;
    if (!operation) return { errors: [{ message: operationName ? `No operation named "${operationName}"` : "An operation name is required" }] };
    const { coerced, errors: wrong } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (wrong) return { errors: wrong.map(written) };
    const fragments = new Map(tree.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]));
    try {
        const limits = budget(operation, fragments, coerced);
        return limits.errors.length > 0 ? { errors: limits.errors } : { ...limits, errors: undefined, tree, operation, variables };
    } catch (error) {
        return { errors: [written(error)] };
    }
}

// {data, errors (left out when there are none)}. `context` is what resolvers get: world, search, alteration, limit; errors that they
// push into context.errors come first.
function execute(prepared, root, context) {
    Object.assign(context, { errors: [], items: 0, prepared });
    const { data, errors = [] } = executeSync({ schema, document: prepared.tree, rootValue: root, contextValue: context,
        operationName: prepared.operation.name?.value, variableValues: prepared.variables });
    const all = [...context.errors, ...errors.map(written)];
    return { data, ...(all.length > 0 && { errors: all }) };
}

module.exports = { schema, prepare, execute };
