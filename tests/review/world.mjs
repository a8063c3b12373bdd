// The made-up week of the tests, and the template of its draft.
export const ISSUE = '2025-12-17';
export const CLOCK = 'virtual:2025-12-17T09:00:00Z';
export const FILE = `${ISSUE}-this-week-in-rust.md`;

export const TEMPLATE = `Title: This Week in Rust 630
Number: 630
Date: ${ISSUE}

Words of the editors above.

## Calls for Testing

<!-- If there are new CfT items this week, include: -->

## Updates from the Rust Project

<!-- Rust updates go here -->

### Rust Compiler Performance Triage

<!-- Perf results go here -->

### [Approved RFCs](https://github.com/rust-lang/rfcs/commits/master)

<!-- Use either -->

### Final Comment Period

<!-- Either remove the group -->

#### [New and Updated RFCs](https://github.com/rust-lang/rfcs/pulls)

<!-- Use either -->

## Upcoming Events

Words of the editors below.
`;

// Titles that want to be more than text.
export const HOSTILE = [
  '<img src=x onerror=alert(1)> and <script>alert(2)</script>',
  'close the link](https://example.com/) [and open another',
  '`unmatched backtick and **stars** _under_',
  'javascript:alert(3) "quoted" \'single\' &lt;b&gt; &#96;',
  'right-to-left \u202Eoverride and zero\u200Bwidth',
  '--> ends a comment <!-- begins one',
  '</title></style><svg onload=alert(4)>',
];

let made = 0;
function merged(repo, title, labels = []) {
  const number = 20000 + ++made;
  const at = `2025-12-${String(10 + (made % 6)).padStart(2, '0')}T10:00:00Z`;
  return {
    typename: 'PullRequest', repo, number, title, url: `https://github.com/${repo}/pull/${number}`, state: 'MERGED',
    createdAt: '2025-12-09T08:00:00Z', mergedAt: at, closedAt: at, updatedAt: at, author: { login: 'ferris', typename: 'User' },
    labels, events: [], additions: 5 * made, deletions: made, changedFiles: 1, files: ['src/a.rs'],
  };
}

// `extra` candidates of one repository, of which most are left out.
export function world(extra = 6) {
  made = 0;
  const items = [];
  const add = (count, repo, title, labels) => {
    for (let i = 1; i <= count; ++i) items.push(merged(repo, title.replace('#', i), labels));
  };
  add(6, 'rust-lang/rust-analyzer', 'feat: support completion for thing number #');
  add(2, 'rust-lang/rust-analyzer', 'internal: tidy module number #');
  add(8, 'rust-lang/rust', 'Stabilize `feature_#` for everyone', ['T-compiler', 'relnotes']);
  add(5, 'rust-lang/rust', 'Add method number # to iterators', ['T-libs']);
  add(4, 'rust-lang/cargo', 'feat(add): support flag number #');
  add(3, 'rust-lang/rust-clippy', 'new lint: number #');
  add(2, 'rust-lang/rust', 'Fix typo number #', ['T-compiler']);
  for (const title of HOSTILE) items.push(merged('rust-lang/rust-analyzer', `feat: ${title}`));
  add(extra, 'rust-lang/rust', 'Improve diagnostics of case number #', ['T-compiler']);
  return {
    issue: ISSUE, items, commits: {}, files: {},
    repos: ['rust-lang/rust-analyzer', 'rust-lang/rust', 'rust-lang/rfcs', 'rust-lang/rustc-perf', 'rust-lang/cargo', 'rust-lang/rust-clippy'],
  };
}
