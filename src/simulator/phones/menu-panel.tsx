import { RichMenu } from "../../preview/index.ts";
import type { PhoneView } from "./phone-view.ts";
import type { Words } from "./words.ts";

/** The bar that opens and closes the rich menu, and the menu. Whether it is open, the phone around it remembers. */
export function MenuPanel({ phone, words }: { phone: PhoneView; words: Words }) {
  const { menu } = phone;
  if (menu === undefined) return null;
  const bar = menu.menu.chatBarText ?? "";
  const panel = `menu-panel-${phone.id}`;
  return (
    <>
      <button
        type="button"
        class="menu-bar"
        data-menu-bar={menu.menu.selected === true ? "open" : "closed"}
        aria-controls={panel}
      >
        <span lang={phone.profileLanguage ?? "ja"}>{bar === "" ? words("menuOpen") : bar}</span>
        <span class="menu-bar-arrow" aria-hidden="true" />
      </button>
      <div class="menu-panel" id={panel}>
        {menu.image === undefined ? <p class="menu-empty">{words("menuHasNoPicture")}</p> : null}
        <RichMenu
          menu={menu.menu}
          imageUrl={menu.image === undefined ? undefined : `/phones/menus/${menu.richMenuId}`}
          language={phone.language}
          interactive
          contentLanguage={phone.profileLanguage ?? "ja"}
        />
      </div>
    </>
  );
}
