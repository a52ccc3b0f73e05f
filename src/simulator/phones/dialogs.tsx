import type { Words } from "./words.ts";

/** What a phone asks in a sheet of its own: a date, a place, a photo. One of each serves all phones. */
export function Dialogs({ words }: { words: Words }) {
  return (
    <>
      <dialog id="date-dialog" aria-labelledby="date-dialog-title">
        <form method="dialog">
          <h2
            id="date-dialog-title"
            data-date={words("pickDate")}
            data-time={words("pickTime")}
            data-datetime={words("pickDatetime")}
          />
          <input name="pick" required aria-labelledby="date-dialog-title" />
          <DialogButtons words={words} choose={words("choose")} />
        </form>
      </dialog>
      <dialog id="place-dialog" aria-labelledby="place-dialog-title">
        <form method="dialog">
          <h2 id="place-dialog-title">{words("place")}</h2>
          <Field label={words("placeName")} name="title" value={words("examplePlace")} />
          <Field label={words("placeAddress")} name="address" value={words("exampleAddress")} />
          <div class="two-fields">
            <Field label={words("latitude")} name="latitude" value="35.6895" />
            <Field label={words("longitude")} name="longitude" value="139.6917" />
          </div>
          <DialogButtons words={words} choose={words("sendPlace")} />
        </form>
      </dialog>
      <input id="photo-input" type="file" accept="image/jpeg,image/png" aria-label={words("photo")} hidden />
    </>
  );
}

function Field({ label, name, value }: { label: string; name: string; value: string }) {
  const number = name === "latitude" || name === "longitude";
  return (
    <label>
      <span>{label}</span>
      <input name={name} value={value} required maxLength={100} inputMode={number ? "decimal" : "text"} />
    </label>
  );
}

/** "Cancel" closes without asking for the fields to be filled. */
function DialogButtons({ words, choose }: { words: Words; choose: string }) {
  return (
    <div class="dialog-buttons">
      <button type="submit" value="cancel" formNoValidate class="button-outline">
        {words("cancel")}
      </button>
      <button type="submit" value="choose" class="button-solid">
        {choose}
      </button>
    </div>
  );
}
