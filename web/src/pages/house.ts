/* The screens of who administers an agency. */
export { default as Agency } from "./house/agency"
export { default as Keys } from "./house/keys"
export { default as People } from "./house/people"
export { default as Rules } from "./house/rules"
export { default as Security } from "./house/security"
