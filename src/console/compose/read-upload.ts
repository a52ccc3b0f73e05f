import type { Request, Response } from "express";
import multer from "multer";
import { ownPicture } from "../../messages/own-picture.ts";
import { reEncode } from "../../pictures/re-encode.ts";
import type { PictureStore } from "../../pictures/store.ts";

const mostBytes = 10_000_000;

const take = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: mostBytes, files: 1, fields: 2_000, fieldSize: 200_000, parts: 2_100 },
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
 */
export async function readUpload(
  request: Request,
  response: Response,
  staffId: string,
  pictures: PictureStore,
): Promise<Upload> {
  if (request.is("multipart/form-data") === false) return {};
  try {
    await new Promise<void>((resolve, reject) => {
      void take(request, response, (error: unknown) => (error === undefined ? resolve() : reject(error)));
    });
  } catch (error) {
    if (!(error instanceof multer.MulterError)) throw Object.assign(new Error("not a form"), { status: 400 });
    if (error.code === "LIMIT_FILE_SIZE") return { problem: "tooLarge" };
    if (error.code === "LIMIT_FILE_COUNT") return { problem: "oneAtATime" };
    throw Object.assign(new Error("too much of a form"), { status: 413 });
  }
  const [file] = [request.files ?? []].flat() as Express.Multer.File[];
  if (file === undefined || file.size === 0) return {};
  const made = await reEncode(file.buffer);
  if ("refused" in made)
    return { problem: made.refused === "not_a_picture" ? "notAPicture" : "tooManyPixels" };
  const id = await pictures.keep(staffId, made.jpeg);
  return { picture: { field: file.fieldname.replace(/^file\./, ""), url: ownPicture(id) } };
}
