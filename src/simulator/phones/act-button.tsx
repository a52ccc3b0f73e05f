import type { PhoneView } from "./phone-view.ts";

interface ActButtonProps {
  phone: PhoneView;
  act: "follow" | "block" | "unblock";
  look: string;
  children: string;
}

/** Something the phone's owner does with the account itself. */
export function ActButton({ phone, act, look, children }: ActButtonProps) {
  return (
    <button type="button" class={look} hx-post={`/phones/${phone.id}/${act}`} hx-swap="none">
      {children}
    </button>
  );
}
