// The tests of the simulator run LINE's own client and signature check against it: that is the point of them. So this
// is, next to src/line, the only file that imports the SDK's code.
// oxlint-disable-next-line no-restricted-imports
export { HTTPFetchError, LineBotClient, channelAccessToken, validateSignature } from "@line/bot-sdk";
