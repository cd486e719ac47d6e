// Every visible text whose contrast with what is behind it is under 4.5 to 1, as [ratio, words].
() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  function colour(css) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = css;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function over(top, below) {
    return [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  }

  function behind(element) {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.push(colour(getComputedStyle(each).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  }

  function luminance(rgb) {
    const [red, green, blue] = rgb.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(element) {
    const below = behind(element);
    const [dark, light] = [luminance(over(colour(getComputedStyle(element).color), below)), luminance(below)].sort(
      (a, b) => a - b,
    );
    return (light + 0.05) / (dark + 0.05);
  }

  function isSeen(element) {
    const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return seen && element.getBoundingClientRect().width > 2 && !element.closest(".hidden, option");
  }

  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    if (words && isSeen(element) && contrast(element) < 4.5) faint.push([contrast(element).toFixed(2), words]);
  }
  return faint;
};
