/** How contents name a picture of ours, whatever address the program has today. */
const path = /^\/pictures\/[\w-]{43}\.jpg$/;

export function isOwnPicture(url: string): boolean {
  return path.test(url);
}

export function ownPicture(id: string): string {
  return `/pictures/${id}.jpg`;
}

/** Makes the address that is sent of one that stands in contents; undefined when a phone could not fetch it. */
export type PictureFor = (url: string) => string | undefined;

/**
 * LINE fetches pictures over https alone. A local LINE takes plain ones of this machine too, so that a demo can show them.
 * @param publicUrl the address under which the world sees this program
 */
export function createPictureFor(publicUrl: string | undefined, lineIsLocal: boolean): PictureFor {
  const reachable = publicUrl !== undefined && (publicUrl.startsWith("https://") || lineIsLocal);
  return (url) => {
    if (!isOwnPicture(url)) return url;
    return reachable ? `${publicUrl}${url}` : undefined;
  };
}
