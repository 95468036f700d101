/* The screens of what was done and how well. */
export { default as Audit } from "./proof/audit"
export { default as Effectiveness } from "./proof/effectiveness"
export { default as Entry } from "./proof/entry"
export { default as Figures } from "./proof/figures"
