/// What every page of a run has: its looks, and what folds, filters and shows.
enum PageParts {
  /// Rows deeper than this are indented no further.
  static let deepest = 40

  /// Colours that hold their contrast in light and dark.
  static let style: String = {
    let indents = (0...deepest).map { ".d\($0){padding-left:\($0 * 14 + 4)px}" }.joined()
    return """
      :root{color-scheme:light dark;font:15px/1.4 system-ui,sans-serif}
      body{margin:0 auto;max-width:80rem;padding:1rem}
      h1{font-size:1.1rem}.question{white-space:pre-wrap;font-weight:600}
      main{display:grid;grid-template-columns:minmax(0,3fr) minmax(16rem,1fr);gap:1rem;align-items:start}
      #tree{border:1px solid;border-radius:4px;overflow:auto;max-height:80vh}
      .row{display:flex;gap:.6em;cursor:pointer}.row[hidden]{display:none}
      .row:focus,.row[aria-selected=true]{outline:2px solid Highlight;outline-offset:-2px}
      .x{flex:1;white-space:pre-wrap;overflow-wrap:anywhere}.n{font-variant-numeric:tabular-nums;min-width:4.5em}
      .best .x{font-weight:700}.pruned .x{text-decoration:line-through}
      #detail{white-space:pre-wrap;position:sticky;top:1rem}
      @media(max-width:50rem){main{grid-template-columns:1fr}.row{padding-left:4px}}
      \(indents)
      """
  }()

  /// Texts are read and written as texts only.
  static let script = """
    'use strict';
    const rows = [...document.querySelectorAll('.row')];
    const byNumber = new Map(rows.map(row => [row.dataset.n, row]));
    const folded = new Set();
    const filter = document.getElementById('filter');
    const count = document.getElementById('count');
    const detail = document.getElementById('detail');
    const parent = row => byNumber.get(row.dataset.p);
    const isInner = row => row.hasAttribute('aria-expanded');
    function show() {
      const wanted = filter.value.trim().toLowerCase();
      const kept = new Set();
      let found = 0;
      if (wanted) for (const row of rows) {
        if (!row.textContent.toLowerCase().includes(wanted)) continue;
        found += 1;
        for (let at = row; at && !kept.has(at); at = parent(at)) kept.add(at);
      }
      const closed = new Set();
      for (const row of rows) {
        const above = parent(row);
        const isBelow = above !== undefined && (closed.has(above) || folded.has(above));
        if (isBelow) closed.add(row);
        row.hidden = wanted ? !kept.has(row) : isBelow;
      }
      count.textContent = wanted ? found + ' of ' + rows.length + ' steps' : '';
    }
    function fold(row, isFolded) {
      if (!isInner(row)) return;
      if (isFolded) folded.add(row); else folded.delete(row);
      row.setAttribute('aria-expanded', String(!isFolded));
      row.querySelector('.t').textContent = isFolded ? '\\u25b8' : '\\u25be';
    }
    function choose(row) {
      for (const other of document.querySelectorAll('[aria-selected]')) {
        other.removeAttribute('aria-selected');
        other.tabIndex = -1;
      }
      row.setAttribute('aria-selected', 'true');
      row.tabIndex = 0;
      row.focus();
      const path = [];
      for (let at = row; at; at = parent(at)) path.unshift(at.querySelector('.x').textContent);
      detail.textContent = row.dataset.w + '\\n\\n' + path.join('\\n');
    }
    document.getElementById('tree').addEventListener('click', event => {
      const row = event.target.closest('.row');
      if (!row) return;
      if (event.target.classList.contains('t')) { fold(row, !folded.has(row)); show(); }
      choose(row);
    });
    document.getElementById('tree').addEventListener('keydown', event => {
      const row = event.target.closest('.row');
      if (!row) return;
      const seen = rows.filter(other => !other.hidden);
      const place = seen.indexOf(row);
      if (event.key === 'ArrowDown' && seen[place + 1]) choose(seen[place + 1]);
      else if (event.key === 'ArrowUp' && seen[place - 1]) choose(seen[place - 1]);
      else if (event.key === 'ArrowLeft') {
        if (isInner(row) && !folded.has(row)) { fold(row, true); show(); } else if (parent(row)) choose(parent(row));
      } else if (event.key === 'ArrowRight') { fold(row, false); show(); }
      else if (event.key === 'Enter' || event.key === ' ') { fold(row, !folded.has(row)); show(); choose(row); }
      else return;
      event.preventDefault();
    });
    document.getElementById('fold').addEventListener('click', () => {
      rows.slice(1).forEach(row => fold(row, true));
      show();
    });
    document.getElementById('unfold').addEventListener('click', () => {
      rows.forEach(row => fold(row, false));
      show();
    });
    filter.addEventListener('input', show);
    """
}
