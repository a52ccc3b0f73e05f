/** How LINE words a complaint and names the place of it. There are three manners (see each). */
export interface Style {
  join(path: string, key: string | number): string;
  missing: string;
  length(min: number, max: number): string;
  uri: string;
  scheme: string;
  /** Pictures may come over plain http from this machine (see the switch). */
  localPictures?: boolean;
}

/** `messages[0].text`: what the request's own layer checks. */
export const requestStyle: Style = {
  join: (path, key) => {
    if (typeof key === "number") return `${path}[${key}]`;
    return path === "" ? key : `${path}.${key}`;
  },
  missing: "May not be empty",
  length: (min, max) => `Length must be between ${min} and ${max}`,
  uri: "invalid uri",
  scheme: "invalid uri",
};

/** `areas[0].action.uri`: rich menus, with other words for a missing property. */
export const menuStyle: Style = { ...requestStyle, missing: "must be specified" };

/**
 * `/body/contents/0/text` and `template/actions/0/uri`: what is inside a Flex container or a template, named from there.
 * Seen in cofacts/rumors-line-bot#125 and #212, line-bot-sdk-python#314, line-bot-sdk-go#657.
 */
export const insideStyle: Style = {
  join: (path, key) => `${path}/${key}`,
  missing: "must be specified",
  length: (min, max) => `size must be between ${min} and ${max}`,
  uri: "invalid uri",
  scheme: "invalid uri scheme",
};
