// Every piece of text on the page: is it whole, inside the screen, and in nobody's way?
() => {
  const unseen = ".sr, .skip, [hidden], noscript, option, textarea, script, style, [aria-hidden=true]";
  const pieces = [], flaws = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement, said = node.data.trim();
    if (!said || owner.closest(unseen) || getComputedStyle(owner).visibility !== "visible") continue;
    // What is folded away has boxes too, but nobody sees them.
    if (!owner.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue;
      let scrolls = false, cut = false;
      for (let around = owner; around && around !== document.body && !scrolls; around = around.parentElement) {
        const style = getComputedStyle(around), edge = around.getBoundingClientRect();
        scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
        if (!scrolls && /hidden|clip/.test(style.overflowX + style.overflowY))
          cut ||= box.right > edge.right + 1 || box.left < edge.left - 1 || box.bottom > edge.bottom + 2 || box.top < edge.top - 2;
      }
      if (cut) flaws.add(`cut off: ${said.slice(0, 30)}`);
      if (!scrolls && (box.right > innerWidth + 1 || box.left < -1)) flaws.add(`leaves the screen: ${said.slice(0, 30)}`);
      // The middle of a line: its box is higher than its letters.
      const ease = box.height * 0.2;
      pieces.push({ owner, said, scrolls, left: box.left, right: box.right, top: box.top + ease, bottom: box.bottom - ease });
    }
  }
  pieces.sort((one, other) => one.top - other.top);
  pieces.forEach((one, at) => {
    for (let next = at + 1; next < pieces.length && pieces[next].top < one.bottom; next++) {
      const other = pieces[next];
      if (one.owner === other.owner || one.scrolls !== other.scrolls) continue;
      // A foot that stays on the screen while its table scrolls is meant to lie over it.
      if (!!one.owner.closest("tfoot") !== !!other.owner.closest("tfoot")) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 2 && high > 1) flaws.add(`in the way of each other: ${one.said.slice(0, 20)} / ${other.said.slice(0, 20)}`);
    }
  });
  return [...flaws];
}
