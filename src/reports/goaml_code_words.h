/* What the codes of the schema mean, in three languages. Nobody but goaml_form.c includes this.
 *
 * Source of the meanings: the notes beside the enumerations of v5.0.2_goAMLSchema.xsd. Countries are called as
 * everywhere (mizan/country.h), currencies as the browser calls them. Of the four hundred indicators, those of
 * sanctions and of the financing of terrorism and proliferation are here, which is what a match with a list is reported
 * for, and the rest by what it belongs to; a unit's own codes come with the words that the agency gives them
 * (goaml_settings.h). */
#ifndef MIZAN_REPORTS_GOAML_CODE_WORDS_H
#define MIZAN_REPORTS_GOAML_CODE_WORDS_H

/* X(type, code, English, French, Arabic) */
/* clang-format off */
#define MZ_GOAML_CODE_WORDS(X) \
    X("submission_type", "-", "Not known", "Inconnu", "غير معروف") \
    X("submission_type", "E", "Electronic", "Électronique", "إلكتروني") \
    X("submission_type", "M", "On paper", "Papier", "ورقي") \
    X("report_type", "AIF", "Additional information, without transactions", \
      "Informations complémentaires, sans transaction", "معلومات إضافية دون معاملات") \
    X("report_type", "AIFT", "Additional information, with transactions", \
      "Informations complémentaires, avec transactions", "معلومات إضافية مع معاملات") \
    X("report_type", "CIR", "Intelligence of the customs", "Renseignement des douanes", "معلومات استخبارية جمركية") \
    X("report_type", "CNMRA", "Confirmed name match", "Correspondance de nom confirmée", "تطابق اسم مؤكد") \
    X("report_type", "DPMSR", "Dealers in precious metals and stones", \
      "Négociants en métaux précieux et pierres", "تجار المعادن النفيسة والأحجار الكريمة") \
    X("report_type", "ECDD", "Request for information, without transactions", \
      "Demande d’informations, sans transaction", "طلب معلومات دون معاملات") \
    X("report_type", "ECDDT", "Request for information, with transactions", \
      "Demande d’informations, avec transactions", "طلب معلومات مع معاملات") \
    X("report_type", "HRC", "Transaction with a high-risk country", \
      "Transaction avec un pays à haut risque", "معاملة مع بلد عالي المخاطر") \
    X("report_type", "HRCA", "Activity in a high-risk country", \
      "Activité dans un pays à haut risque", "نشاط في بلد عالي المخاطر") \
    X("report_type", "IRR", "Referral of intelligence", "Transmission de renseignement", "إحالة معلومات استخبارية") \
    X("report_type", "ITR", "Internal transactions", "Transactions internes", "معاملات داخلية") \
    X("report_type", "PNMRA", "Partial name match", "Correspondance de nom partielle", "تطابق اسم جزئي") \
    X("report_type", "PSTR", "Postponement of a suspicious transaction", \
      "Report d’une transaction suspecte", "تأجيل معاملة مشبوهة") \
    X("report_type", "REAR", "Activity in real estate", "Activité immobilière", "نشاط عقاري") \
    X("report_type", "SAR", "Suspicious activity", "Activité suspecte", "نشاط مشبوه") \
    X("report_type", "SIR", "Intelligence of a supervisor", "Renseignement d’un superviseur", "معلومات جهة رقابية") \
    X("report_type", "STR", "Suspicious transaction", "Transaction suspecte", "معاملة مشبوهة") \
    X("identifier_type", "-", "Not known", "Inconnu", "غير معروف") \
    X("identifier_type", "COINC", "Certificate of incorporation", "Certificat de constitution", "شهادة تأسيس") \
    X("identifier_type", "DRIVL", "Driving licence", "Permis de conduire", "رخصة سياقة") \
    X("identifier_type", "EID", "Emirates identity card", "Carte d’identité émirienne", "الهوية الإماراتية") \
    X("identifier_type", "EIDF", "Form of the Emirates identity card", "Formulaire d’identité émirienne", \
      "استمارة الهوية الإماراتية") \
    X("identifier_type", "FMLYB", "Family book", "Livret de famille", "دفتر العائلة") \
    X("identifier_type", "GCCID", "Identity card of a Gulf state", "Carte d’identité d’un État du Golfe", \
      "هوية دول مجلس التعاون") \
    X("identifier_type", "GOVDC", "Government decree", "Décret", "مرسوم حكومي") \
    X("identifier_type", "PASSP", "Passport", "Passeport", "جواز سفر") \
    X("identifier_type", "TRADL", "Trade licence", "Licence commerciale", "رخصة تجارية") \
    X("identifier_type", "TRSTD", "Trust deed", "Acte de fiducie", "صك ائتماني") \
    X("gender_type", "-", "Not said", "Non précisé", "غير محدد") \
    X("gender_type", "F", "Female", "Féminin", "أنثى") \
    X("gender_type", "M", "Male", "Masculin", "ذكر") \
    X("contact_type", "-", "Not known", "Inconnu", "غير معروف") \
    X("contact_type", "BU", "Business", "Commercial", "تجاري") \
    X("contact_type", "OFFIC", "Office", "Bureau", "مكتب") \
    X("contact_type", "OPRTL", "Operations", "Exploitation", "تشغيلي") \
    X("contact_type", "PRIVT", "Private", "Privé", "خاص") \
    X("contact_type", "PRSNL", "Personal", "Personnel", "شخصي") \
    X("contact_type", "REG", "Registered", "Siège enregistré", "مسجل") \
    X("contact_type", "RES", "Residence", "Domicile", "محل الإقامة") \
    X("communication_type", "-", "Not known", "Inconnu", "غير معروف") \
    X("communication_type", "F", "Fax", "Télécopie", "فاكس") \
    X("communication_type", "L", "Landline", "Fixe", "هاتف ثابت") \
    X("communication_type", "M", "Mobile", "Mobile", "هاتف محمول") \
    X("communication_type", "P", "Pager", "Radiomessagerie", "جهاز نداء") \
    X("communication_type", "S", "Satellite", "Satellite", "هاتف فضائي") \
    X("country_type", "-", "Not known", "Inconnu", "غير معروف") \
    X("legal_form_type", "-", "Not known", "Inconnu", "غير معروف") \
    X("report_indicator_type", "TFSUN", "Sanctions: list of the Security Council", \
      "Sanctions : liste du Conseil de sécurité", "العقوبات: قائمة مجلس الأمن") \
    X("report_indicator_type", "TFSDL", "Sanctions: national list", "Sanctions : liste nationale", \
      "العقوبات: القائمة الوطنية") \
    X("report_indicator_type", "ITLSL", "Sanctions: list of another state or union (OFAC, EU, …)", \
      "Sanctions : liste d’un autre État ou de l’Union (OFAC, UE, …)", \
      "العقوبات: قائمة دولة أخرى أو اتحاد (OFAC، EU، …)") \
    X("report_indicator_type", "MRAHT", "Terrorism: the media link the customer to it", \
      "Terrorisme : la presse y lie le client", "الإرهاب: تربط وسائل الإعلام العميل به") \
    X("report_indicator_type", "TFS01", "Sanctions: complex deals that seem to hide who ends up with it", \
      "Sanctions : montages complexes qui semblent cacher le destinataire final", \
      "العقوبات: صفقات معقدة تبدو غايتها إخفاء المستفيد النهائي") \
    X("report_indicator_type", "TFS02", "Sanctions: many cash withdrawals in a short time and many places", \
      "Sanctions : retraits d’espèces répétés, en peu de temps et en divers lieux", \
      "العقوبات: سحوبات نقدية متتالية في أماكن مختلفة") \
    X("report_indicator_type", "TFS03", "Sanctions: acts for somebody sanctioned, or is controlled by one", \
      "Sanctions : agit pour une personne sanctionnée ou est contrôlé par elle", \
      "العقوبات: يعمل لحساب شخص معاقب أو تحت سيطرته") \
    X("report_indicator_type", "TFCTC", "Terrorism: crowdfunding", "Terrorisme : financement participatif", \
      "الإرهاب: التمويل الجماعي") \
    X("report_indicator_type", "TFDNP", "Terrorism: donations and associations", "Terrorisme : dons et associations", \
      "الإرهاب: التبرعات والجمعيات") \
    X("report_indicator_type", "TFFSM", "Terrorism: collecting by social media", \
      "Terrorisme : collecte par les réseaux sociaux", "الإرهاب: جمع الأموال عبر وسائل التواصل") \
    X("report_indicator_type", "TFFTH", "Terrorism: transfers with places of high risk", \
      "Terrorisme : transferts avec des lieux à haut risque", "الإرهاب: تحويلات مع أماكن عالية المخاطر") \
    X("report_indicator_type", "TFFVC", "Terrorism: collecting by virtual currencies", \
      "Terrorisme : collecte en monnaies virtuelles", "الإرهاب: جمع الأموال بالعملات الافتراضية") \
    X("report_indicator_type", "TFITF", "Terrorism: investing or managing its money", \
      "Terrorisme : placement ou gestion de ses fonds", "الإرهاب: استثمار أمواله أو إدارتها") \
    X("report_indicator_type", "TFOCF", "Terrorism: control of a financial institution", \
      "Terrorisme : contrôle d’un établissement financier", "الإرهاب: السيطرة على مؤسسة مالية") \
    X("report_indicator_type", "TFSTC", "Terrorism: carrying cash", "Terrorisme : transport d’espèces", \
      "الإرهاب: نقل الأموال النقدية") \
    X("report_indicator_type", "TFTAU", "Terrorism: trade", "Terrorisme : commerce", "الإرهاب: التجارة") \
    X("report_indicator_type", "TORGA", "Terrorism: parties of countries known to support it", \
      "Terrorisme : parties de pays connus pour le soutenir", "الإرهاب: أطراف من بلدان معروفة بدعمه") \
    X("report_indicator_type", "ANPOR", "Terrorism: abuse of an association", "Terrorisme : abus d’une association", \
      "الإرهاب: إساءة استخدام جمعية")

/* X(beginning of a code of report_indicator_type with digits behind it, English, French, Arabic) */
#define MZ_GOAML_INDICATOR_FAMILIES(X) \
    X("ALP", "Abuse of legal persons", "Abus de personnes morales", "إساءة استخدام الأشخاص المعنويين") \
    X("ANP", "Abuse of associations", "Abus d’associations", "إساءة استخدام الجمعيات") \
    X("DRG", "Drugs", "Stupéfiants", "المخدرات") \
    X("FCA", "Smuggling and customs", "Contrebande et douane", "التهريب والجمارك") \
    X("IUVC", "Virtual currencies", "Monnaies virtuelles", "العملات الافتراضية") \
    X("ML", "Money laundering", "Blanchiment", "غسل الأموال") \
    X("ORGC", "Organized crime", "Criminalité organisée", "الجريمة المنظمة") \
    X("PF", "Proliferation", "Prolifération", "انتشار التسلح") \
    X("PFPO", "Offences abroad", "Infractions à l’étranger", "جرائم في الخارج") \
    X("PML", "Professional laundering", "Blanchiment professionnel", "غسل الأموال المحترف") \
    X("PSTR", "Order to block", "Ordre de blocage", "أمر بالتجميد") \
    X("REAR", "Real estate", "Immobilier", "العقار") \
    X("TFS", "Sanctions", "Sanctions", "العقوبات") \
    X("TML", "Laundering by trade", "Blanchiment par le commerce", "غسل الأموال عبر التجارة") \
    X("TE", "Tax evasion", "Fraude fiscale", "التهرب الضريبي") \
    X("CPP", "Counterfeits and piracy", "Contrefaçon et piratage", "التقليد والقرصنة") \
    X("CSAM", "Abuse of children", "Abus d’enfants", "استغلال الأطفال")
/* clang-format on */

#endif
