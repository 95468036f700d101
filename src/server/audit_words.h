/* What the kinds of entries of the audit chain are called, in three languages. Nobody but words.c includes this.
 *
 * A word that ends in "." stands for all that begin so, as the parameter `kind` of GET /api/v1/audit takes it. */
#ifndef MIZAN_SERVER_AUDIT_WORDS_H
#define MIZAN_SERVER_AUDIT_WORDS_H

/* X(word, English, French, Arabic) */
/* clang-format off */
#define MZ_AUDIT_WORDS(X) \
    X("screening", "Screening", "Criblage", "فرز") \
    X("alert.", "Alerts", "Alertes", "التنبيهات") \
    X("alert.raised", "Alert raised", "Alerte déclenchée", "صدور تنبيه") \
    X("alert.refreshed", "Alert refreshed", "Alerte de nouveau déclenchée", "تجدد تنبيه") \
    X("opened", "Case opened", "Dossier ouvert", "فتح ملف") \
    X("assigned", "Case assigned", "Dossier attribué", "إسناد ملف") \
    X("escalated", "Case escalated", "Dossier escaladé", "تصعيد ملف") \
    X("due.", "Deadlines", "Échéances", "الآجال") \
    X("due.set", "Deadline set", "Échéance fixée", "تحديد أجل") \
    X("due.reached", "Back in the queue", "De retour dans la file d’attente", "عودة ملف إلى قائمة الانتظار") \
    X("note", "Note", "Note", "ملاحظة") \
    X("attachment.", "Files of cases", "Pièces jointes", "المرفقات") \
    X("attachment.added", "File added", "Pièce jointe ajoutée", "إضافة مرفق") \
    X("attachment.removed", "File removed", "Pièce jointe retirée", "حذف مرفق") \
    X("listing.removed", "Taken off the list", "Radiation de la liste", "شطب من القائمة") \
    X("decision.", "Decisions", "Décisions", "القرارات") \
    X("decision.proposed", "Decision proposed", "Décision proposée", "اقتراح قرار") \
    X("decision.made", "Decision made", "Décision prise", "اتخاذ قرار") \
    X("decision.returned", "Decision returned", "Décision renvoyée", "إعادة قرار") \
    X("decision.undone", "Decision undone", "Décision annulée", "إلغاء قرار") \
    X("clearance.", "Clearances", "Exemptions", "الإعفاءات") \
    X("clearance.revoked", "Clearance revoked", "Exemption révoquée", "إلغاء إعفاء") \
    X("clearance.expired", "Clearance expired", "Exemption expirée", "انقضاء إعفاء") \
    X("clearance.outdated", "Clearance overtaken by a change", "Exemption rendue caduque", "إعفاء أبطله تغيير") \
    X("report.written", "Report to the authority", "Déclaration à l’autorité", "تصريح إلى السلطة") \
    X("subject.", "Subjects", "Sujets", "الجهات") \
    X("subject.added", "Subject added", "Sujet ajouté", "إضافة جهة") \
    X("subject.changed", "Subject changed", "Sujet modifié", "تعديل جهة") \
    X("subject.closed", "Subject closed", "Sujet clos", "إغلاق جهة") \
    X("subjects.", "Imports of subjects", "Imports de sujets", "استيراد الجهات") \
    X("subjects.imported", "Subjects imported", "Sujets importés", "استيراد جهات") \
    X("subjects.source.changed", "Source of subjects changed", "Source de sujets modifiée", "تعديل مصدر جهات") \
    X("list.", "Lists", "Listes", "القوائم") \
    X("list.changed", "List changed", "Liste modifiée", "تغيير قائمة") \
    X("service.", "The service", "Le service", "الخدمة") \
    X("service.using", "Lists, policy and program in use", "Listes, politique et programme en service", \
      "القوائم والسياسة والبرنامج المعمول بها") \
    X("setting.", "Settings", "Réglages", "الإعدادات") \
    X("setting.changed", "Setting changed", "Réglage modifié", "تعديل إعداد") \
    X("agency.", "Agencies", "Organismes", "الهيئات") \
    X("agency.added", "Agency added", "Organisme ajouté", "إضافة هيئة") \
    X("agency.changed", "Agency changed", "Organisme modifié", "تعديل هيئة") \
    X("person.", "People", "Personnes", "الأشخاص") \
    X("person.added", "Person added", "Personne ajoutée", "إضافة شخص") \
    X("person.changed", "Person changed", "Personne modifiée", "تعديل شخص") \
    X("password.", "Passwords", "Mots de passe", "كلمات المرور") \
    X("password.changed", "Password changed", "Mot de passe changé", "تغيير كلمة مرور") \
    X("password.reset", "Password reset", "Mot de passe réinitialisé", "إعادة ضبط كلمة مرور") \
    X("second-factor.", "Second factors", "Seconds facteurs", "العوامل الثانية") \
    X("second-factor.added", "Second factor added", "Second facteur ajouté", "إضافة عامل ثان") \
    X("second-factor.removed", "Second factor removed", "Second facteur retiré", "إزالة عامل ثان") \
    X("recovery-code.used", "Recovery code used", "Code de secours utilisé", "استعمال رمز استرداد") \
    X("session.", "Sign-ins", "Connexions", "تسجيلات الدخول") \
    X("session.opened", "Signed in", "Connexion", "تسجيل دخول") \
    X("session.refused", "Sign-in refused", "Connexion refusée", "رفض دخول") \
    X("session.code-asked", "Second factor asked for", "Second facteur demandé", "طلب العامل الثاني") \
    X("session.ended", "Signed out", "Déconnexion", "تسجيل خروج") \
    X("proof.refused", "Password or code refused", "Mot de passe ou code refusé", "رفض كلمة مرور أو رمز") \
    X("key.", "Keys", "Clés", "المفاتيح") \
    X("key.added", "Key added", "Clé ajoutée", "إضافة مفتاح") \
    X("key.changed", "Key changed", "Clé modifiée", "تعديل مفتاح") \
    X("key.revoked", "Key revoked", "Clé révoquée", "إلغاء مفتاح") \
    X("audit.verified", "Chain verified", "Chaîne vérifiée", "التحقق من السلسلة") \
    X("personal.erased", "Personal data erased", "Données personnelles effacées", "محو بيانات شخصية") \
    X("retention.erased", "Erasure by rule", "Effacement à l’échéance", "محو عند انقضاء المدة")
/* clang-format on */

#endif
