import { sheet } from "./tijdens.js";
export const SHEET = sheet(`
:host([float]){position:fixed!important;box-sizing:border-box;inset:auto!important;inset-block-end:16px!important;inset-inline-end:16px!important;width:min(26rem,100vw - 32px)!important;max-height:80vh!important;overflow:auto!important;padding:0 16px!important;background:Canvas!important;color:CanvasText!important;box-shadow:0 2px 16px #0003!important;z-index:9!important}
`);
