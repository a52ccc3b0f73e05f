import type { ComponentChildren } from "preact";

/** A part of the page to be replaced, or added to, wherever it stands (an htmx "out of band" swap). */
export function Piece({
  id,
  how = "innerHTML",
  children,
}: {
  id: string;
  how?: string;
  children: ComponentChildren;
}) {
  return (
    <div id={id} hx-swap-oob={how}>
      {children}
    </div>
  );
}
