// Lets Infobip's own client library (Node.js, @infobip-api/sdk) walk through every 2FA operation it has, against the
// simulator: an official client must not notice that it is none of Infobip's. Speaks to loopback only, and stops by itself.
//
//   dotnet run --project Otp2fa.InfobipSimulator -- --port 5299 --api-key KEY
//   npm install --prefix tools/official-client
//   node tools/official-client/run.cjs http://127.0.0.1:5299 KEY
"use strict";
const assert = require("node:assert/strict");
const { Infobip, AuthType } = require("@infobip-api/sdk");

const [baseUrl = "http://127.0.0.1:5299", apiKey = "KEY"] = process.argv.slice(2);
assert.ok(["127.0.0.1", "localhost", "[::1]"].includes(new URL(baseUrl).hostname), "Loopback only.");

const to = "447700900123";
const configuration = {
  pinAttempts: 5,
  allowMultiplePinVerifications: false,
  pinTimeToLive: "5m",
  verifyPinLimit: "5/5s",
  sendPinPerApplicationLimit: "10000/1d",
  sendPinPerPhoneNumberLimit: "12/1d",
};

// The client returns errors instead of throwing them.
function data(answer, status = 200) {
  assert.equal(answer.status ?? answer.response?.status, status, String(answer));
  return answer.data ?? answer.response.data;
}

async function codeOnPhone() {
  const page = await (await fetch(new URL(`/phone/${to}`, baseUrl))).text();
  return /\b(\d{6})\b is your/.exec(page)[1];
}

async function main() {
  const TwoFA = new Infobip({ baseUrl, apiKey, authType: AuthType.ApiKey }).service.twoFA;
  const steps = [];
  const step = (name) => steps.push(name);

  const application = data(await TwoFA.createApplication({ name: "Sign-in", enabled: true, configuration }), 201);
  assert.deepEqual(application.configuration, configuration);
  step("application created");
  const id = application.applicationId;
  assert.ok(data(await TwoFA.getApplications()).some((known) => known.applicationId === id));
  step("applications listed");
  assert.equal(data(await TwoFA.getApplication(id)).name, "Sign-in");
  step("application read");
  const changed = { name: "Sign-in", enabled: true, configuration: { ...configuration, pinAttempts: 4 } };
  assert.equal(data(await TwoFA.updateApplication(id, changed)).configuration.pinAttempts, 4);
  step("application changed");

  const wanted = { pinType: "NUMERIC", pinLength: 6, messageText: "{{pin}} is your security code.", language: "en" };
  const template = data(await TwoFA.createMessageTemplate(id, wanted));
  step("template created");
  assert.ok(data(await TwoFA.getMessageTemplates(id)).some((known) => known.messageId === template.messageId));
  step("templates listed");
  assert.equal(data(await TwoFA.getMessageTemplate(id, template.messageId)).messageText, wanted.messageText);
  step("template read");
  assert.equal(data(await TwoFA.updateMessageTemplate(id, template.messageId, { ...wanted, senderId: "Otp2fa" })).senderId, "Otp2fa");
  step("template changed");

  const order = { applicationId: id, messageId: template.messageId, to };
  const sent = data(await TwoFA.sendPINCodeSMS(order, true));
  assert.equal(sent.smsStatus, "MESSAGE_SENT");
  assert.equal(sent.to, to);
  step("PIN sent");
  assert.equal(data(await TwoFA.resendPINCodeSMS(sent.pinId, {})).pinId, sent.pinId);
  step("PIN sent again");
  assert.equal(data(await TwoFA.resendPINCodeVoice(sent.pinId, {})).pinId, sent.pinId);
  step("PIN spoken");
  const pin = await codeOnPhone();
  const wrong = data(await TwoFA.verifyPhoneNumber(sent.pinId, { pin: pin === "000000" ? "000001" : "000000" }));
  assert.equal(wrong.verified, false);
  step("wrong PIN refused");
  const right = data(await TwoFA.verifyPhoneNumber(sent.pinId, { pin }));
  assert.deepEqual([right.verified, right.msisdn], [true, to]);
  step("right PIN verified");
  const { verifications } = data(await TwoFA.getVerificationStatus(id, { msisdn: to, verified: true, sent: true }));
  assert.ok(verifications.some((known) => known.msisdn === to && known.verified));
  step("status read");
  assert.ok(data(await TwoFA.sendPINCodeVoice(order)).pinId);
  step("new PIN spoken");
  data(await TwoFA.getApplication("NO-SUCH-APPLICATION"), 404);
  step("unknown application refused");

  console.log(`${steps.length} steps with Infobip's own client: ${steps.join(", ")}.`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
