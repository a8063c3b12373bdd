// The HTTP side: GitHub's headers and refusals, faults, slowness, the log, and the doors for tests:
//   GET /_state    what the world holds, and counters of requests
//   POST /_edit    {"faults": SPECIFICATION}, {"reset": true} for the counters, {"now": TIME}, {"changes": [...]} to the world (see
//                  edits.js), and {"before": {OPERATION: [...]}}: changes that wait for the next request of an operation and come in
//                  just before it, as if somebody else was faster. Any of them.
"use strict";
const { appendFileSync, renameSync, writeFileSync } = require("node:fs");
const http = require("node:http");
const { needInstant } = require("./base");
const { edit } = require("./edits");
const { Faults, alteration } = require("./faults");
const { mutations } = require("./mutations");
const { query } = require("./query");
const { prepare, execute } = require("./request");
const { Search } = require("./search");

const JSON_TYPE = "application/json; charset=utf-8";
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const htmlPage = (title) =>
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
const message = (status, text) =>
    ({ status, body: JSON.stringify({ message: text, documentation_url: "https://docs.github.com/graphql", status: String(status) }) });
const page = (status, title) => ({ status, type: "text/html", body: htmlPage(title) });
const errors = (...all) => ({ status: 200, body: JSON.stringify({ errors: all }) });

const TOO_MUCH = { type: "RESOURCE_LIMITS_EXCEEDED", path: ["search"], message: "Resource limits for this query exceeded." };

// The largest page that a search of the request asks for.
const largestPage = ({ variables }) => Math.max(0, ...["first", "pageSize"].map((name) => variables[name]).filter(Number.isInteger));

// What is refused before anything is read; null for a good request.
function refused({ headers }, { token: wanted }) {
    if (!headers["user-agent"])
        return { status: 403, type: "text/plain", body: "Request forbidden by administrative rules. Please make sure your request has a User-Agent header." };
    const token = (headers.authorization ?? "").split(" ").slice(1).join(" ");
    if (token === "") return message(401, "This endpoint requires you to be authenticated.");
    return wanted && token !== wanted ? message(401, "Bad credentials") : null;
}

class Server {
    faults = new Faults();
    #search = new Search();
    #started = process.hrtime.bigint();
    #counters = { requests: 0, bytes: 0, mostInFlight: 0, operations: {} };
    #inFlight = 0;
    #waiting = new Map(); // changes by the operation that they wait for

    // options: port, portFile, latency and itemTime (milliseconds), pageCap, points, token, log
    constructor(world, options) {
        this.world = world;
        this.options = options;
        this.limit = { limit: options.points, used: 0, reset: this.#now() + 3600 };
    }
    #now() { return this.world.now + Number((process.hrtime.bigint() - this.#started) / 1_000_000_000n); }
    listen() {
        const server = http.createServer((request, response) => this.#receive(request, response).catch((error) => {
            if (error.code !== "ECONNRESET") process.stderr.write(`github_double: ${error.stack}\n`);
            response.destroy();
        }));
        Object.assign(server, { keepAliveTimeout: 120_000, requestTimeout: 0, headersTimeout: 0 });
        server.on("error", (error) => {
            process.stderr.write(`github_double: the port cannot be had: ${error.message}\n`);
            process.exit(2);
        });
        server.listen(this.options.port, "127.0.0.1", () => {
            const { port } = server.address();
            if (this.options.portFile) {
                // Whole or not at all: tests wait for the file to be there.
                writeFileSync(`${this.options.portFile}.new`, `${port}\n`);
                renameSync(`${this.options.portFile}.new`, this.options.portFile);
            }
            process.stdout.write(`http://127.0.0.1:${port}/graphql\n`);
        });
    }
    async #receive(request, response) {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const body = Buffer.concat(chunks).toString(), door = `${request.method} ${request.url}`;
        if (door === "POST /graphql") await this.#graphql(request, response, body);
        else if (door === "GET /_state") this.#send(response, { status: 200, body: JSON.stringify({ ...this.world.state(), ...this.#counters }) });
        else if (door === "POST /_edit") this.#send(response, this.#edit(body));
        else this.#send(response, { status: 404, type: "text/plain", body: "" });
    }
    #edit(body) {
        try {
            const json = JSON.parse(body);
            if ("faults" in json) this.faults.set(json.faults);
            if (json.reset) this.#counters = { requests: 0, bytes: 0, mostInFlight: 0, operations: {} };
            if (json.now) this.world.now = needInstant(json.now);
            for (const change of json.changes ?? []) edit(this.world, change);
            for (const [operation, changes] of Object.entries(json.before ?? {})) this.#waiting.set(operation, changes);
            return { status: 200, body: "{}" };
        } catch (error) {
            return message(422, error.message);
        }
    }
    async #graphql(http, response, body) {
        const begin = Date.now(), number = ++this.#counters.requests;
        this.#counters.mostInFlight = Math.max(this.#counters.mostInFlight, ++this.#inFlight);
        let request = { operation: "", variables: null }, fault, answer = refused(http, this.options);
        if (!answer) {
            try {
                const json = JSON.parse(body);
                request = { document: json.query, operation: json.operationName ?? "", variables: json.variables ?? {} };
                for (const change of this.#waiting.get(request.operation) ?? []) edit(this.world, change);
                this.#waiting.delete(request.operation);
                fault = this.faults.meet(request.operation, JSON.stringify(request.variables));
                answer = await (fault ? this.#serveWith(fault, request, response) : this.#serve(request, {}));
            } catch (error) {
                if (!(error instanceof SyntaxError)) throw error;
                answer = message(400, "Problems parsing JSON");
            }
        }
        const wait = begin + this.options.latency + this.options.itemTime * (answer.items ?? 0) - Date.now();
        if (wait > 0) await pause(wait);
        --this.#inFlight;
        const { operations } = this.#counters, bytes = Buffer.byteLength(answer.body ?? "");
        operations[request.operation] = (operations[request.operation] ?? 0) + 1;
        this.#counters.bytes += bytes;
        if (this.options.log)
            appendFileSync(this.options.log, JSON.stringify({ n: number, operation: request.operation, variables: request.variables,
                status: answer.status ?? 0, bytes, items: answer.items ?? 0, fault: fault?.name ?? "" }) + "\n");
        if (!answer.ended) this.#send(response, answer, { "x-github-request-id": `D0BE:${number.toString(16).toUpperCase().padStart(6, "0")}` });
    }
    #send(response, { status, type = JSON_TYPE, body, headers = {}, half }, more = {}) {
        const bytes = Buffer.from(body);
        response.writeHead(status, { "Content-Type": type, "Content-Length": bytes.length, ...headers, ...more });
        if (half) response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
        else response.end(bytes);
    }
    #limited({ limit, used, reset } = this.limit) {
        return { "x-ratelimit-limit": limit, "x-ratelimit-remaining": limit - used, "x-ratelimit-used": used, "x-ratelimit-reset": reset,
            "x-ratelimit-resource": "graphql" };
    }
    // Executes and answers: {status, body, headers, type (of the body; JSON when left out), items (nodes of searches)}.
    #serve(request, altered) {
        const { limit } = this;
        if (largestPage(request) > this.options.pageCap) return { ...page(502, "502 Bad Gateway"), headers: this.#limited() };
        if (limit.used >= limit.limit) {
            // Says so once; then the hour is over, however short it was by this machine's clock.
            const answer = { ...errors({ type: "RATE_LIMITED", message: "API rate limit exceeded for user ID 1." }), headers: this.#limited() };
            limit.used = 0;
            limit.reset += 3600;
            return answer;
        }
        const prepared = prepare(request.document, request.operation, request.variables);
        if (prepared.errors) return { ...errors(...prepared.errors), headers: this.#limited() };
        limit.used = Math.min(limit.limit, limit.used + prepared.cost);
        const context = { world: this.world, search: this.#search, alteration: altered, limit };
        const answer = execute(prepared, prepared.operation.operation === "mutation" ? mutations : query, context);
        return { status: 200, body: JSON.stringify(answer), headers: this.#limited(), items: context.items };
    }
    // A good answer with the first part of its data gone and a reason.
    #spoilt(request, error) {
        const answer = this.#serve(request, {}), json = JSON.parse(answer.body);
        const key = Object.keys(json.data ?? {}).find((one) => one !== "rateLimit");
        if (!key) return answer;
        json.data[key] = null;
        return { ...answer, items: 0, body: JSON.stringify({ ...json, errors: [...(json.errors ?? []), error] }) };
    }
    async #serveWith(fault, request, response) {
        const { name, argument } = fault, number = argument === "" ? undefined : Number(argument);
        const status = Number(name.slice(0, 3));
        if (status >= 500) {
            if (name === "502-after") this.#serve(request, {});
            return page(status, `${status} Server Error`);
        }
        const good = () => this.#serve(request, {});
        const changed = (change) => (({ body, ...rest }) => ({ ...rest, items: 0, body: change(body) }))(good());
        switch (name) {
            case "too-heavy": return largestPage(request) <= (number ?? 0) ? good() : page(502, "502 Bad Gateway");
            case "resource-limits": return largestPage(request) <= (number ?? 0) ? good() : this.#spoilt(request, TOO_MUCH);
            case "budget": {
                const [mostSearches, mostHits = Infinity] = argument.split(",").map(Number);
                const { searches, hits } = prepare(request.document, request.operation, request.variables);
                return searches > mostSearches || hits > mostHits ? this.#spoilt(request, TOO_MUCH) : good();
            }
            case "too-quickly": {
                const field = prepare(request.document, request.operation, request.variables).operation.selectionSet.selections[0].name.value;
                const error = { type: "UNPROCESSABLE", path: [field], message: "was submitted too quickly" };
                return { status: 200, headers: this.#limited(), body: JSON.stringify({ data: { [field]: null }, errors: [error] }) };
            }
            case "went-wrong":
                return errors({ message: "Something went wrong while executing your query. Please include `D0BE:1` when reporting this issue." });
            case "html": return page(200, "Whoa there!");
            case "truncated": return { ...good(), items: 0, half: true };
            case "malformed": return changed((body) => Buffer.from(body).subarray(0, Buffer.byteLength(body) >> 1));
            case "empty": return changed(() => "");
            case "huge": return changed((body) => `{${" ".repeat((number ?? 64) << 20)}${body.slice(1)}`);
            case "reset":
                response.socket.resetAndDestroy();
                return { ended: true };
            case "hang":
                await new Promise((resolve) => response.on("close", resolve));
                return { ended: true };
            case "slow":
                await pause(number ?? 100);
                return good();
            case "redirect": return { status: 302, type: "text/plain", body: "", headers: { Location: "http://127.0.0.1:1/graphql" } };
            case "401": return message(401, "Bad credentials");
            case "forbidden": return { ...message(403, "Resource not accessible by personal access token"), headers: this.#limited() };
            case "secondary": case "secondary-200": case "429": return this.#refuseForNow(name, number);
            case "rate-limit": case "rate-limited": return this.#outOfPoints(name, number ?? 60);
            case "last-point": {
                Object.assign(this.limit, { used: this.limit.limit - 1, reset: this.#now() + 300 });
                const answer = good();
                this.limit.used = 0;
                return answer;
            }
            default: return this.#serve(request, alteration(fault));
        }
    }
    #refuseForNow(name, seconds) {
        const text = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support "
            + "for help, please include the request ID.";
        const answer = name === "secondary-200" ? errors({ message: text }) : message(name === "429" ? 429 : 403, text);
        return { ...answer, headers: { ...(seconds !== undefined && { "Retry-After": seconds }), ...this.#limited() } };
    }
    #outOfPoints(name, seconds) {
        const { limit } = this.limit, short = name === "rate-limit";
        const error = short ? { type: "RATE_LIMIT", code: "graphql_rate_limit", message: "API rate limit already exceeded for user ID 1." }
                            : { type: "RATE_LIMITED", message: "API rate limit exceeded for user ID 1." };
        return { ...errors(error), headers: this.#limited({ limit, used: limit, reset: this.#now() + seconds }) };
    }
}

module.exports = { Server };
