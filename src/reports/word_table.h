/* The table of what reports say. Nobody but words.h and words.c includes this. */
#ifndef MIZAN_REPORTS_WORD_TABLE_H
#define MIZAN_REPORTS_WORD_TABLE_H

/* X(name, English, French, Arabic) */
/* clang-format off */
#define MZ_REPORT_WORDS(X) \
    X(CASE_FILE, "Case file", "Dossier", "الملف") \
    X(CERTIFICATE, "Screening certificate", "Certificat de criblage", "شهادة فرز") \
    X(CONFIDENTIAL, "Confidential: personal data. For those who must know it, and nobody else.", \
      "Confidentiel : données personnelles. Réservé à ceux qui ont à en connaître.", \
      "سري: بيانات شخصية. لا يطلع عليه إلا من يلزمه العلم به.") \
    X(MADE_ON, "Made on", "Établi le", "حرر في") \
    X(MADE_FOR, "Made for", "Établi pour", "حرر لفائدة") \
    X(AGENCY, "Agency", "Organisme", "الهيئة") \
    X(BUILD, "Program", "Programme", "البرنامج") \
    X(SUMMARY, "In short", "En bref", "باختصار") \
    X(STATE, "State", "État", "الحالة") \
    X(OPENED, "Opened", "Ouvert le", "تاريخ الفتح") \
    X(CLOSED, "Closed", "Clos le", "تاريخ الإغلاق") \
    X(DUE, "Due", "Échéance", "الأجل") \
    X(ASSIGNEE, "Assigned to", "Attribué à", "مسند إلى") \
    X(NOBODY, "nobody", "personne", "لا أحد") \
    X(ESCALATED, "Escalated", "Escaladé", "جرى تصعيده") \
    X(ALERTS, "Alerts", "Alertes", "التنبيهات") \
    X(UNDECIDED, "Not decided", "Non décidées", "دون قرار") \
    X(WEIGHT, "Weight", "Poids", "الوزن") \
    X(SCORE, "Score", "Score", "الدرجة") \
    X(SUBJECT, "Subject", "Sujet", "الجهة") \
    X(SUBJECT_SAYS, "As it stands in the register when this was made.", \
      "Tel qu’il figure au registre à l’établissement de ce dossier.", "كما هي في السجل عند تحرير هذا الملف.") \
    X(REFERENCE, "Reference", "Référence", "المرجع") \
    X(SOURCE, "Source", "Source", "المصدر") \
    X(ONE_TIME, "one-time screening", "criblage ponctuel", "فرز لمرة واحدة") \
    X(KIND, "Kind", "Nature", "الصنف") \
    X(FIELD, "Field", "Champ", "الحقل") \
    X(LISTED, "Listed", "Listé", "المدرج") \
    X(LIST, "List", "Liste", "القائمة") \
    X(VERSION, "Version", "Version", "النسخة") \
    X(DATED, "Dated", "Datée du", "تاريخها") \
    X(SIDE_BY_SIDE, "As they were compared", "Tels qu’ils ont été comparés", "كما قورنا") \
    X(ERASED, "erased", "effacé", "محي") \
    X(EVIDENCE, "Evidence", "Indices", "الأدلة") \
    X(EVIDENCE_ADDS, "The parts add up: points to the score, bits to the weight.", \
      "Les parts s’additionnent : les points font le score, les bits font le poids.", \
      "تجمع الأجزاء: مجموع النقاط هو الدرجة، ومجموع البتات هو الوزن.") \
    X(WHAT, "What", "Élément", "العنصر") \
    X(POINTS, "Points", "Points", "النقاط") \
    X(BITS, "Bits", "Bits", "البتات") \
    X(ADDED_UP, "Added up", "Somme", "المجموع") \
    X(RAISED_WHY, "Raised by", "Déclenchée par", "سبب التنبيه") \
    X(RECEIPT, "Receipt", "Reçu", "الإيصال") \
    X(NONE, "none", "aucun", "لا شيء") \
    X(DISPOSITION, "Decision", "Décision", "القرار") \
    X(DECISIONS, "Decisions", "Décisions", "القرارات") \
    X(NO_DECISIONS, "Nothing was decided yet.", "Rien n’a encore été décidé.", "لم يتخذ أي قرار بعد.") \
    X(PROPOSED_BY, "Proposed by", "Proposée par", "اقترحه") \
    X(DECIDED_BY, "Decided by", "Prise par", "قرره") \
    X(APPROVED_BY, "Approved by", "Approuvée par", "اعتمده") \
    X(EVENTS_LEFT_OUT, "Earlier events are left out here; the service has them all.", \
      "Les événements antérieurs ne figurent pas ici ; le service les conserve tous.", \
      "لم تُدرج هنا الأحداث الأقدم، وهي محفوظة كلها في الخدمة.") \
    X(UNDONE_BY, "Taken back by", "Annulée par", "تراجع عنه") \
    X(UNDONE_WHY, "Why it was taken back", "Motif de l’annulation", "سبب التراجع") \
    X(RETURNED_BY, "Returned by", "Renvoyée par", "أعاده") \
    X(FOUR_EYES, "Four eyes", "Quatre yeux", "العيون الأربع") \
    X(COMMA, ", ", ", ", "، ") \
    X(YES, "yes", "oui", "نعم") \
    X(NO, "no", "non", "لا") \
    X(REASON, "Reason", "Motif", "السبب") \
    X(NOTE, "Note", "Note", "ملاحظة") \
    X(ANSWER, "Answer", "Réponse", "الجواب") \
    X(ENTRY, "Entry of the audit chain", "Entrée de la chaîne d’audit", "قيد سلسلة التدقيق") \
    X(BY_COMMAND, "by command", "par commande", "بالأمر") \
    X(SOMETHING_DISAGREES, \
      "Something on these pages does not say what the audit chain says, and is marked. Verify the chain: {0}", \
      "Quelque chose sur ces pages ne dit pas ce que dit la chaîne d’audit, et porte une marque. Vérifiez la chaîne : {0}", \
      "في هذه الصفحات ما لا يقول ما تقوله سلسلة التدقيق، وعليه علامة. تحقق من السلسلة: {0}") \
    X(DISAGREES, "Does not say what this entry of the audit chain says: {0}", \
      "Ne dit pas ce que dit cette entrée de la chaîne d’audit : {0}", \
      "لا يقول ما يقوله هذا القيد من سلسلة التدقيق: {0}") \
    X(EVENT_IS_MISSED, "Something happened that is not told here. Entry of the audit chain: {0}", \
      "Il s’est passé quelque chose qui n’est pas dit ici. Entrée de la chaîne d’audit : {0}", \
      "حدث ما لم يذكر هنا. قيد سلسلة التدقيق: {0}") \
    X(HISTORY, "History", "Historique", "السجل الزمني") \
    X(WHEN, "When", "Quand", "متى") \
    X(WHO, "Who", "Qui", "من") \
    X(ATTACHMENTS, "Attachments", "Pièces jointes", "المرفقات") \
    X(NO_ATTACHMENTS, "None.", "Aucune.", "لا يوجد.") \
    X(FILE_NAME, "File", "Fichier", "المرفق") \
    X(SIZE, "Size (bytes)", "Taille (octets)", "الحجم (بايت)") \
    X(DIGEST, "Digest (BLAKE2b-256)", "Empreinte (BLAKE2b-256)", "البصمة (BLAKE2b-256)") \
    X(REMOVED, "removed", "retirée", "حذف") \
    X(RECEIPTS, "Receipts", "Reçus", "الإيصالات") \
    X(RECEIPTS_SAY, \
      "Each screening that raised an alert is an entry of the audit chain, by which it can be made again.", \
      "Chaque criblage qui a déclenché une alerte est une entrée de la chaîne d’audit, qui permet de le refaire.", \
      "كل فرز صدر عنه تنبيه قيد في سلسلة التدقيق، يمكن به إعادته.") \
    X(NUMBER, "Number", "Numéro", "الرقم") \
    X(HASH, "Hash", "Empreinte", "البصمة") \
    X(LISTS, "Lists", "Listes", "القوائم") \
    X(VERIFY, "How to verify this", "Comment vérifier", "كيف يتحقق من هذا") \
    X(VERIFY_CHAIN, "That the chain is whole: {0}", "Que la chaîne est intacte : {0}", \
      "أن السلسلة سليمة: {0}") \
    X(VERIFY_REPLAY, "That the screening gives the same hits: {0}", \
      "Que le criblage donne les mêmes correspondances : {0}", \
      "أن الفرز يعطي التطابقات نفسها: {0}") \
    X(VERIFY_CHECKPOINT, \
      "That nothing before it was changed since: compare it with this checkpoint, signed by Ed25519, where it was " \
      "kept elsewhere.", \
      "Que rien de ce qui la précède n’a changé depuis : comparer ce point de contrôle, signé par Ed25519, à la " \
      "copie gardée ailleurs.", \
      "أن شيئا مما قبله لم يتغير منذئذ: تقارن نقطة التحقق هذه، الموقعة بـ Ed25519، بنسختها المحفوظة في مكان آخر.") \
    X(NO_CHECKPOINT, "No checkpoint has been signed behind this entry yet.", \
      "Aucun point de contrôle n’a encore été signé après cette entrée.", \
      "لم توقع بعد أي نقطة تحقق بعد هذا القيد.") \
    X(ASKED, "What was asked", "Ce qui a été demandé", "ما طلب") \
    X(OF_LISTS, "Of which lists", "Sur quelles listes", "في أي قوائم") \
    X(FOUND, "What was found", "Ce qui a été trouvé", "ما وجد") \
    X(FOUND_NOTHING, "Nothing: no listed entity reached the threshold.", \
      "Rien : aucune entité listée n’a atteint le seuil.", "لا شيء: لم يبلغ أي كيان مدرج العتبة.") \
    X(FOUND_COUNT, "Listed entities that reached the threshold: {0}", \
      "Entités listées ayant atteint le seuil : {0}", "الكيانات المدرجة التي بلغت العتبة: {0}") \
    X(FOUND_UNSAID, "Query and hits were erased when their time had come; the entry stands and still verifies.", \
      "La requête et ses correspondances ont été effacées à l’échéance ; l’entrée demeure et se vérifie toujours.", \
      "محي الاستعلام وتطابقاته عند انقضاء مدة الحفظ؛ ويبقى القيد قائما وقابلا للتحقق.") \
    X(NOT_A_CLEARANCE, \
      "It says what these lists held on the day, and nothing about anything else; it is no decision about anybody.", \
      "Il dit ce que contenaient ces listes ce jour-là, et rien d’autre ; il ne décide du sort de personne.", \
      "تقول ما احتوته هذه القوائم يومها ولا شيء سواه؛ وليست قرارا في شأن أحد.") \
    X(POLICY, "Policy", "Politique", "السياسة") \
    X(THRESHOLD, "Threshold", "Seuil", "العتبة") \
    X(NOT_DONE, "Left undone", "Laissé de côté", "ما لم ينجز") \
    X(ENTITIES, "Entities", "Entités", "الكيانات") \
    X(GOAML_REASON, "Case {0}: the subject {1} was found to be listed.", \
      "Dossier {0} : le sujet {1} s’est révélé figurer sur une liste.", "الملف {0}: تبين أن الجهة {1} مدرجة.") \
    X(GOAML_MATCH, "Found to be {0}, number {1} on the list {2}, version {3}; decided on {4}.", \
      "Identifié comme {0}, numéro {1} de la liste {2}, version {3} ; décidé le {4}.", \
      "تبين أنه {0}، رقم {1} في القائمة {2}، النسخة {3}؛ تقرر في {4}.") \
    X(GOAML_LIST, "“{0}” ({1})", "« {0} » ({1})", "«{0}» ({1})") \
    X(GOAML_LIST_UNTITLED, "“{0}”", "« {0} »", "«{0}»") \
    X(COLON, ": ", " : ", ": ") \
    X(GOAML_LISTED, "What the list says of it:", "Ce qu’en dit la liste :", "ما تقوله القائمة عنه:") \


/* X(word of the casework, English, French, Arabic) */
#define MZ_CASEWORK_WORDS(X) \
    X("open", "open", "ouvert", "مفتوح") \
    X("proposed", "waiting for approval", "en attente d’approbation", "في انتظار الاعتماد") \
    X("waiting", "waiting for information", "en attente d’informations", "في انتظار معلومات") \
    X("closed", "closed", "clos", "مغلق") \
    X("decided", "decided", "décidée", "تقرر") \
    X("made", "made", "prise", "نافذ") \
    X("returned", "returned", "renvoyée", "أعيد") \
    X("undone", "undone", "annulée", "ألغي") \
    X("true-match", "true match", "correspondance avérée", "تطابق مؤكد") \
    X("false-positive", "false positive", "faux positif", "تطابق خاطئ") \
    X("insufficient-information", "insufficient information", "informations insuffisantes", "معلومات غير كافية") \
    X("asked", "a screening that was asked for", "un criblage demandé", "فرز مطلوب") \
    X("subject.new", "a new subject", "un nouveau sujet", "جهة جديدة") \
    X("subject.changed", "a changed subject", "un sujet modifié", "تغير الجهة") \
    X("list.changed", "a changed list", "une liste modifiée", "تغير القائمة") \
    X("opened", "case opened", "dossier ouvert", "فتح الملف") \
    X("closed.case", "case closed", "dossier clos", "إغلاق الملف") \
    X("reopened", "case reopened", "dossier rouvert", "إعادة فتح الملف") \
    X("woken", "back in the queue", "de retour dans la file d’attente", "عاد إلى قائمة الانتظار") \
    X("alert.raised", "alert raised", "alerte déclenchée", "صدور تنبيه") \
    X("alert.refreshed", "alert refreshed", "alerte de nouveau déclenchée", "تجدد تنبيه") \
    X("hits.cut", "more hits than alerts", "plus de correspondances que d’alertes", "تطابقات أكثر من التنبيهات") \
    X("listing.removed", "no longer on its list", "radié de sa liste", "لم يعد مدرجا في قائمته") \
    X("assigned", "assigned", "attribué", "إسناد") \
    X("note", "note", "note", "ملاحظة") \
    X("mention", "mention", "mention", "إشارة") \
    X("escalated", "escalated", "escaladé", "تصعيد") \
    X("deescalated", "no longer escalated", "fin de l’escalade", "إنهاء التصعيد") \
    X("attachment.added", "attachment added", "pièce jointe ajoutée", "إضافة مرفق") \
    X("attachment.removed", "attachment removed", "pièce jointe retirée", "حذف مرفق") \
    X("decision.proposed", "decision proposed", "décision proposée", "اقتراح قرار") \
    X("decision.made", "decision made", "décision prise", "اتخاذ قرار") \
    X("decision.returned", "decision returned", "décision renvoyée", "إعادة قرار") \
    X("decision.undone", "decision undone", "décision annulée", "إلغاء قرار") \
    X("due.set", "deadline set", "échéance fixée", "تحديد الأجل") \
    X("clearance.revoked", "clearance revoked", "exemption révoquée", "إلغاء إعفاء") \
    X("report.written", "report to the authority written", "déclaration à l’autorité établie", "تحرير تصريح للسلطة") \
    X("male", "male", "masculin", "ذكر") \
    X("female", "female", "féminin", "أنثى") \
    X("other", "other", "autre", "آخر") \
    X("service", "the service", "le service", "الخدمة") \
    X("command", "the command line", "la ligne de commande", "سطر الأوامر")
/* X(CONSTANT of a rule, English, French, Arabic) */
#define MZ_RULE_WORDS(X) \
    X(SAME, "same word", "même mot", "الكلمة نفسها") \
    X(SPELLING, "another spelling", "autre graphie", "كتابة أخرى") \
    X(SCRIPT, "another script", "autre écriture", "أبجدية أخرى") \
    X(JOINED, "written together", "écrits ensemble", "كتبت مجتمعة") \
    X(INITIAL, "initial", "initiale", "حرف أول") \
    X(EQUIVALENT, "equivalent", "équivalent", "مرادف") \
    X(LEGAL_FORM, "legal form", "forme juridique", "الشكل القانوني") \
    X(NUMBER, "number in the name", "nombre dans le nom", "رقم في الاسم") \
    X(MISSING, "missing in the listed name", "absent du nom listé", "غائب عن الاسم المدرج") \
    X(EXTRA, "only in the listed name", "seulement dans le nom listé", "في الاسم المدرج وحده") \
    X(DIFFERENT, "different", "différent", "مختلف") \
    X(ORDER, "another order", "autre ordre", "ترتيب آخر") \
    X(WEAK_ALIAS, "weak alias", "alias de faible fiabilité", "اسم مستعار ضعيف") \
    X(DATE, "date", "date", "التاريخ") \
    X(COUNTRY, "country", "pays", "البلد") \
    X(GENDER, "gender", "sexe", "الجنس") \
    X(PLACE, "place", "lieu", "المكان") \
    X(ADDRESS, "address", "adresse", "العنوان") \
    X(IDENTIFIER, "number", "numéro", "الرقم")
/* X(schema, English, French, Arabic) */
#define MZ_SCHEMA_WORDS(X) \
    X(Thing, "not said", "non précisée", "غير محدد") \
    X(LegalEntity, "person or organization", "personne ou organisation", "شخص أو منظمة") \
    X(Person, "person", "personne", "شخص") \
    X(Organization, "organization", "organisation", "منظمة") \
    X(Company, "company", "société", "شركة") \
    X(PublicBody, "public body", "organisme public", "هيئة عمومية") \
    X(Vessel, "ship", "navire", "سفينة") \
    X(Airplane, "aircraft", "aéronef", "طائرة") \
    X(Vehicle, "vehicle", "véhicule", "مركبة") \
    X(CryptoWallet, "wallet", "portefeuille", "محفظة") \
    X(BankAccount, "bank account", "compte bancaire", "حساب بنكي") \
    X(Security, "security", "titre financier", "ورقة مالية")
/* clang-format on */

#endif
