// Checks against GitHub's published schema:
//   - that every document of queries/github is valid, one named operation a file,
//   - that what the double knows of the schema is GitHub's own,
//   - that the double's answers to every document hold exactly what was asked, of the right types, null only where null may be,
//     and that each field of each document was reached by some answer.
// usage: check.js DOUBLE SOURCE_FOLDER      exit code 77: the npm packages aren't there
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sampleCalls } from "./calls.js";

const [double, source] = process.argv.slice(2);
let graphql, sdl;
try {
    graphql = await import("graphql");
    sdl = (await import("@octokit/graphql-schema")).schema.idl;
} catch (problem) {
    if (problem.code !== "ERR_MODULE_NOT_FOUND") throw problem;
    console.log(`skipped: no npm packages here (${problem.code}); npm install --prefix tests/schema --no-package-lock brings them`);
    process.exit(77);
}
const { buildSchema, parse, validate, visit, print, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType,
        isInterfaceType, isUnionType, isScalarType, isLeafType, isAbstractType, getNamedType, valueFromAST } = graphql;

// Two fields are defined twice in the published text; its reader has to overlook that.
const github = buildSchema(sdl, { assumeValidSDL: true });
const complaints = [];
const complain = (where, what) => complaints.push(`${where}: ${what}`);

// ---- The double's schema is a part of GitHub's.
function compareArguments(where, ours, theirs) {
    for (const argument of ours) {
        const other = theirs.find((one) => one.name === argument.name);
        if (!other) complain(where, `GitHub has no argument ${argument.name}`);
        else if (String(other.type) !== String(argument.type)) complain(where, `${argument.name} is ${other.type}, not ${argument.type}`);
        else if (JSON.stringify(other.defaultValue) !== JSON.stringify(argument.defaultValue)) complain(where, `${argument.name} has another default`);
    }
    for (const other of theirs)
        if (isNonNullType(other.type) && other.defaultValue === undefined && !ours.some((one) => one.name === other.name))
            complain(where, `lacks ${other.name}, which GitHub requires`);
}

function compareTypes() {
    const ours = buildSchema(readFileSync(join(source, "tests/github_double/schema.graphql"), "utf8"), { assumeValidSDL: true });
    for (const type of Object.values(ours.getTypeMap())) {
        if (type.name.startsWith("__")) continue;
        const where = `double's schema, ${type.name}`;
        const other = github.getType(type.name);
        if (!other || other.constructor.name !== type.constructor.name) {
            complain(where, "GitHub has no such type");
        } else if (isEnumType(type)) {
            for (const value of type.getValues()) if (!other.getValue(value.name)) complain(where, `GitHub has no value ${value.name}`);
        } else if (isUnionType(type)) {
            for (const member of type.getTypes()) if (!other.getTypes().some((one) => one.name === member.name)) complain(where, `${member} isn't in it`);
        } else if (isInputObjectType(type)) {
            compareArguments(where, Object.values(type.getFields()), Object.values(other.getFields()));
        } else if (isObjectType(type) || isInterfaceType(type)) {
            for (const one of type.getInterfaces()) if (!other.getInterfaces().some((theirs) => theirs.name === one.name)) complain(where, `isn't a ${one}`);
            for (const field of Object.values(type.getFields())) {
                const their = other.getFields()[field.name];
                if (!their) complain(where, `GitHub has no field ${field.name}`);
                else if (String(their.type) !== String(field.type)) complain(where, `${field.name} is ${their.type}, not ${field.type}`);
                else compareArguments(`${where}.${field.name}`, field.args, their.args);
            }
        }
    }
}

// ---- The documents.
function readDocuments() {
    const folder = join(source, "queries/github");
    const out = new Map();
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".graphql")).sort()) {
        const text = readFileSync(join(folder, name), "utf8");
        let tree;
        try {
            tree = parse(text);
        } catch (problem) {
            complain(name, problem.message);
            continue;
        }
        for (const problem of validate(github, tree)) complain(name, problem.message);
        const operations = tree.definitions.filter((one) => one.kind === "OperationDefinition");
        if (operations.length !== 1 || !operations[0].name) complain(name, "must hold one named operation");
        else out.set(name.replace(/\.graphql$/, ""), { text, tree, operation: operations[0], reached: new Set() });
    }
    return out;
}

// ---- Answers.
const looksLike = {
    Int: (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31,
    Float: (value) => typeof value === "number",
    Boolean: (value) => typeof value === "boolean",
    DateTime: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value),
    GitObjectID: (value) => /^[0-9a-f]{40}$/.test(value),
    URI: (value) => typeof value === "string" && (value.startsWith("https://") || value.startsWith("/")),
};

class AnswerCheck {
    constructor(name, document, variables) {
        Object.assign(this, { name, document, variables });
        this.fragments = Object.fromEntries(document.tree.definitions.filter((one) => one.kind === "FragmentDefinition").map((one) => [one.name.value, one]));
    }
    included(selection) {
        for (const directive of selection.directives ?? []) {
            const condition = valueFromAST(directive.arguments[0].value, graphql.GraphQLBoolean, this.variables);
            if (condition === (directive.name.value === "skip")) return false;
        }
        return true;
    }
    // Response keys of an object of `type`, each with the field nodes that ask for it.
    collect(type, sets, out = new Map()) {
        for (const selection of sets.flatMap((set) => set.selections)) {
            if (!this.included(selection)) continue;
            if (selection.kind === "Field") {
                const key = (selection.alias ?? selection.name).value;
                out.set(key, [...(out.get(key) ?? []), selection]);
                continue;
            }
            const fragment = selection.kind === "FragmentSpread" ? this.fragments[selection.name.value] : selection;
            const condition = fragment.typeCondition?.name.value ?? type.name;
            const wanted = github.getType(condition);
            if (condition === type.name || (isAbstractType(wanted) && github.isSubType(wanted, type))) this.collect(type, [fragment.selectionSet], out);
        }
        return out;
    }
    value(where, value, type, nodes) {
        if (isNonNullType(type)) {
            if (value === null || value === undefined) return complain(this.name, `${where} is null, its type is ${type}`);
            return this.value(where, value, type.ofType, nodes);
        }
        if (value === null) return;
        if (isListType(type)) {
            if (!Array.isArray(value)) return complain(this.name, `${where} isn't a list`);
            return value.forEach((one, i) => this.value(`${where}.${i}`, one, type.ofType, nodes));
        }
        if (isEnumType(type)) {
            if (!type.getValue(value)) complain(this.name, `${where}: ${value} isn't a ${type}`);
        } else if (isLeafType(type)) {
            const good = looksLike[type.name] ?? ((one) => typeof one === "string");
            if (!good(value)) complain(this.name, `${where}: ${JSON.stringify(value).slice(0, 60)} isn't a ${type}`);
        } else {
            this.object(where, value, type, nodes.map((node) => node.selectionSet));
        }
    }
    object(where, value, declared, sets) {
        const type = github.getType(value.__typename);
        if (!type || !(type === declared || github.isSubType(declared, type))) return complain(this.name, `${where} is a ${value.__typename}, not a ${declared}`);
        const asked = this.collect(type, sets);
        for (const key of Object.keys(value)) if (!asked.has(key)) complain(this.name, `${where}.${key} wasn't asked for`);
        for (const [key, nodes] of asked) {
            if (!(key in value)) {
                complain(this.name, `${where}.${key} is missing`);
                continue;
            }
            for (const node of nodes) this.document.reached.add(node.loc?.start);
            if (key !== "__typename") this.value(`${where}.${key}`, value[key], type.getFields()[nodes[0].name.value].type, nodes);
        }
    }
}

// The same document asking every object for its type.
function withTypes(tree) {
    return visit(tree, {
        SelectionSet(node) {
            if (node.selections.some((one) => one.kind === "Field" && one.name.value === "__typename" && !one.alias)) return undefined;
            return { ...node, selections: [...node.selections, { kind: "Field", name: { kind: "Name", value: "__typename" } }] };
        },
    });
}

function withoutAdded(answer, typed) {
    // Takes from `typed` what `answer` hasn't asked for, to compare the two.
    if (Array.isArray(answer)) return answer.map((one, i) => withoutAdded(one, typed?.[i]));
    if (answer === null || typeof answer !== "object") return typed;
    return Object.fromEntries(Object.keys(answer).map((key) => [key, withoutAdded(answer[key], typed?.[key])]));
}

async function post(url, operation, query, variables) {
    const response = await fetch(url, {
        method: "POST", body: JSON.stringify({ query, variables, operationName: operation }),
        headers: { authorization: "bearer made-up", "user-agent": "schema-check", "content-type": "application/json" },
    });
    return response.json();
}

async function ask(url, name, document, variables) {
    const operation = document.operation.name.value;
    const definitions = document.operation.variableDefinitions;
    const all = {};
    for (const definition of definitions) {
        const key = definition.variable.name.value;
        if (key in variables) all[key] = variables[key];
        else if (definition.defaultValue) all[key] = valueFromAST(definition.defaultValue, graphql.typeFromAST(github, definition.type));
    }
    const typedTree = withTypes(document.tree);
    const answer = await post(url, operation, print(typedTree), variables);
    if (answer.errors) complain(name, `errors ${JSON.stringify(answer.errors).slice(0, 300)}`);
    if (!answer.data) return null;
    const check = new AnswerCheck(name, { ...document, tree: typedTree }, all);
    const root = document.operation.operation === "mutation" ? github.getMutationType() : github.getQueryType();
    check.object("data", answer.data, root, [typedTree.definitions.find((one) => one.kind === "OperationDefinition").selectionSet]);
    if (document.operation.operation === "query") {
        const plain = await post(url, operation, document.text, variables);
        const limit = (data) => ({ ...data, rateLimit: undefined });
        if (JSON.stringify(limit(plain.data)) !== JSON.stringify(limit(withoutAdded(plain.data, answer.data)))) complain(name, "the same document answered differently");
    }
    return answer.data;
}

function unreached(document) {
    const out = [];
    visit(document.tree, { Field(node) { if (!document.reached.has(node.loc.start)) out.push(`${node.name.value} (line ${node.loc.startToken.line})`); } });
    return out;
}

async function start(...options) {
    const child = spawn(double, ["--world", join(source, "tests/github_double/sample_week.json"), "--now", "2024-05-15T09:00:00Z", ...options]);
    child.stderr.on("data", (text) => console.error(String(text)));
    const url = await new Promise((resolve, reject) => {
        child.stdout.once("data", (text) => resolve(String(text).trim()));
        child.once("exit", (code) => reject(new Error(`the double ended with ${code}`)));
    });
    return { url, stop: () => child.kill("SIGTERM") };
}

compareTypes();
const documents = readDocuments();
const server = await start();
try {
    let calls = 0;
    await sampleCalls(async (name, variables) => {
        const document = documents.get(name);
        if (!document) throw new Error(`there is no document ${name}`);
        ++calls;
        return ask(server.url, name, document, variables);
    });
    for (const [name, document] of documents) {
        const missed = unreached(document);
        if (document.reached.size === 0) complain(name, "no call in calls.js asks it");
        else if (missed.length > 0) complain(name, `no answer reached ${missed.slice(0, 8).join(", ")}`);
    }
    // A double that takes what GitHub refuses would prove nothing.
    const refusals = {
        "a field that isn't there": "query A { viewer { shoeSize } }",
        "an argument that isn't there": 'query A { repository(owner: "a", name: "b", colour: "red") { id } }',
        "an enum value that isn't there": 'query A { search(query: "x", type: PULL_REQUEST, first: 1) { issueCount } }',
        "a page of 101": 'query A { search(query: "x", type: ISSUE, first: 101) { issueCount } }',
        "a connection without a size": 'query A { search(query: "x", type: ISSUE) { issueCount } }',
        "too many nodes": 'query A { search(query: "x", type: ISSUE, first: 100) { nodes { ... on PullRequest { labels(first: 100) { nodes { name } } files(first: 100) { nodes { path } } timelineItems(first: 100) { nodes { ... on LabeledEvent { id } } } commits(first: 100) { nodes { commit { history(first: 100) { nodes { oid } } } } } } } } }',
        "an unused fragment": "query A { viewer { login } } fragment F on User { login }",
        "a syntax error": "query A { viewer { login }",
    };
    for (const [what, query] of Object.entries(refusals)) {
        const answer = await post(server.url, "A", query, {});
        if (!answer.errors?.length || answer.data) complain("double", `takes ${what}`);
    }
    console.log(`${documents.size} documents, ${calls} answers`);
} finally {
    server.stop();
}
for (const one of complaints.slice(0, 40)) console.log(one);
if (complaints.length > 0) console.log(`${complaints.length} complaints`);
process.exitCode = complaints.length > 0 ? 1 : 0;
