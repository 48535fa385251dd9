import type { Status } from "./conversation/types";

/** All words of the widget itself. What the assistant says comes from the API. */
export const texts = {
  name: "Steunwijzer",
  subtitle: "Digitale assistent van uw gemeente",
  statuses: { wachtrij: "U wacht op een medewerker", in_gesprek: "U praat met een medewerker" } as Partial<Record<Status, string>>,
  senders: { assistent: "Steunwijzer", inwoner: "U", medewerker: "Medewerker", systeem: "Bericht" },
  log: "Gesprek met Steunwijzer",
  typing: "Steunwijzer typt…",
  choices: "Kies een antwoord",
  chosen: "gekozen",
  unsent: "Nog niet verstuurd",

  input: "Uw bericht",
  inputHint: "Geen naam, adres of BSN",
  send: "Verstuur",
  empty: "Typ eerst uw vraag in het vak.",
  tooLong: (over: number): string => `Uw bericht is ${over} ${over === 1 ? "teken" : "tekens"} te lang. Maak het korter of verstuur het in twee keer.`,
  left: (count: number): string => `Nog ${count} tekens`,

  human: "Praat met een medewerker",
  humanAsked: "Ik wil een medewerker spreken",
  menu: "Opties",
  restart: "Opnieuw beginnen",
  erase: "Gesprek wissen",
  start: "Begin een gesprek",
  startExplained: "Steunwijzer is een computer, geen mens. Het gesprek begint pas als u op de knop drukt.",

  restartAsk: { title: "Opnieuw beginnen?", detail: "U begint een nieuw gesprek. Dit gesprek ziet u dan niet meer.", yes: "Ja, begin opnieuw", no: "Nee, ga terug" },
  eraseAsk: {
    title: "Gesprek wissen?",
    detail: "Alles wat u typte wordt gewist, hier en bij de gemeente. Ook een terugbelverzoek uit dit gesprek vervalt.",
    yes: "Ja, wis het gesprek",
    no: "Nee, ga terug",
  },
  erased: "Uw gesprek is gewist.",

  retry: "Probeer opnieuw",
  newConversation: "Nieuw gesprek",
  offline: { title: "Er is even geen verbinding", detail: "Er is niets verloren. We proberen het opnieuw zodra u weer internet heeft." },
  broken: { title: "Er ging iets mis bij ons", detail: "Probeer het zo opnieuw, of bel uw gemeente." },

  crisis: "Direct hulp",
  call: (whom: string): string => `Bel ${whom}`,
  leave: "Verlaat deze pagina snel",
  leaveHint: "U gaat naar een andere website en dit gesprek wordt gewist. Uw browser kan nog wel laten zien dat u hier was.",

  sources: "Waar komt dit vandaan?",
  checkedOn: (date: string): string => `Gecontroleerd op ${date}`,
  website: "Naar de website",
  websiteOf: (name: string): string => ` van ${name}`,
  mail: "Stuur een e-mail",

  option: { voor_wie: "Voor wie", kosten: "Kosten", aanmelden: "Aanmelden", openingstijden: "Open", adres: "Adres", gebied: "Waar" },

  callback: {
    title: "Laat u terugbellen",
    name: "Uw naam",
    phone: "Uw telefoonnummer",
    phoneHint: "Bijvoorbeeld 06 12345678",
    time: "Wanneer kunnen we u het beste bellen?",
    times: ["Maakt niet uit", "In de ochtend", "In de middag"],
    passed: "Dit geven we door aan een medewerker van uw gemeente:",
    passedItems: ["uw naam en telefoonnummer", "wanneer we u kunnen bellen", "waar het over gaat, en uw gemeente"],
    transcript: "Geef ook dit gesprek door. Dan hoeft u niets opnieuw te vertellen.",
    consent: "Ja, geef dit door aan een medewerker.",
    send: "Vraag of we u bellen",
    done: "Uw verzoek is verstuurd.",
    nameMissing: "Vul uw naam in. Een voornaam is genoeg.",
    phoneMissing: "Vul uw telefoonnummer in.",
    phoneWrong: "Dit telefoonnummer klopt niet. Vul tien cijfers in, bijvoorbeeld 06 12345678.",
    consentMissing: "Zet een vinkje als we dit mogen doorgeven. Anders kunnen we u niet bellen.",
  },
} as const;
