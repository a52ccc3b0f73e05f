export { phonesPages } from "./pages.tsx";
