import type { Request, Response } from "express";
import multer from "multer";
import { ownPicture } from "../../messages/own-picture.ts";
import { reEncode } from "../../pictures/re-encode.ts";
import type { PictureStore } from "../../pictures/store.ts";

const mostBytes = 10_000_000;
/** A whole form: its texts and one picture of the largest size. */
const mostInAll = mostBytes + 2_000_000;

/**
 * A form without scripts has a field for a file in every language, most of them empty. A file has no limit here but that of
 * the whole form: reading would end at a file that is too large, and the texts that stand below it would be lost.
 */
const take = multer({
  storage: multer.memoryStorage(),
  limits: {
    files: 20,
    fields: 2_000,
    fieldSize: 200_000,
    parts: 2_100,
    fieldArrayIndexLimit: 0,
  },
}).any();

/** Why a picture was not taken: keys of sentences. */
export type UploadProblem = "tooLarge" | "notAPicture" | "tooManyPixels" | "oneAtATime";

export interface Upload {
  /** The field it stands for, such as `picture.en`, and the path it has now. */
  picture?: { field: string; url: string };
  problem?: UploadProblem;
}

/**
 * Reads a form that may carry a picture, and keeps the picture. `request.body` holds the fields afterwards, also when the
 * picture was refused. A form without files passes untouched.
 * @throws an error with `status` 400 or 413 when it is no form that can be read
 */
export async function readUpload(
  request: Request,
  response: Response,
  staffId: string,
  pictures: PictureStore,
): Promise<Upload> {
  if (typeof request.is("multipart/form-data") !== "string") return {};
  if (!(Number(request.headers["content-length"]) <= mostInAll)) throw withStatus(413);
  try {
    await new Promise<void>((resolve, reject) => {
      void take(request, response, (error: unknown) => (error === undefined ? resolve() : reject(error)));
    });
  } catch (error) {
    if (!(error instanceof multer.MulterError)) throw withStatus(400);
    throw withStatus(413);
  }
  const files = [request.files ?? []].flat() as Express.Multer.File[];
  const [file, another] = files.filter(({ size }) => size > 0);
  if (file === undefined) return {};
  if (another !== undefined) return { problem: "oneAtATime" };
  if (file.size > mostBytes) return { problem: "tooLarge" };
  const made = await reEncode(file.buffer);
  if ("refused" in made)
    return { problem: made.refused === "not_a_picture" ? "notAPicture" : "tooManyPixels" };
  const id = await pictures.keep(staffId, made.jpeg);
  return { picture: { field: file.fieldname.replace(/^file\./, ""), url: ownPicture(id) } };
}

function withStatus(status: 400 | 413): Error {
  return Object.assign(new Error("This form cannot be read."), { status });
}
