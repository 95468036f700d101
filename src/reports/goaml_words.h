/* What people call the elements of goAML, in three languages. Nobody but goaml_names.c includes this. */
#ifndef MIZAN_REPORTS_GOAML_WORDS_H
#define MIZAN_REPORTS_GOAML_WORDS_H

/* X(element, English, French, Arabic) */
/* clang-format off */
#define MZ_GOAML_LABELS(X) \
    X(rentity_id, "Number of the reporting entity", "Numéro de l’entité déclarante", "رقم الهيئة المصرحة") \
    X(rentity_branch, "Branch", "Succursale", "الفرع") \
    X(submission_code, "Way of submission", "Mode de transmission", "طريقة الإرسال") \
    X(report_code, "Kind of report", "Type de déclaration", "نوع التصريح") \
    X(entity_reference, "Own reference", "Référence interne", "المرجع الداخلي") \
    X(fiu_ref_number, "Reference of the unit", "Référence de la cellule", "مرجع الوحدة") \
    X(submission_date, "Day of the report", "Date de la déclaration", "تاريخ التصريح") \
    X(currency_code_local, "Local currency", "Monnaie locale", "العملة المحلية") \
    X(reporting_person, "Reporting person", "Personne déclarante", "الشخص المصرح") \
    X(location, "Location", "Lieu", "الموقع") \
    X(reason, "Reason", "Motif", "السبب") \
    X(action, "Action taken", "Mesures prises", "الإجراءات المتخذة") \
    X(activity, "Activity", "Activité", "النشاط") \
    X(report_parties, "Parties", "Parties", "الأطراف") \
    X(report_indicators, "Indicators", "Indicateurs", "المؤشرات") \
    X(person, "Person", "Personne", "شخص") \
    X(entity, "Firm or body", "Personne morale", "شخص معنوي") \
    X(country, "Country", "Pays", "البلد") \
    X(is_suspected, "Suspected", "Suspecte", "مشتبه فيه") \
    X(significance, "Significance (0 to 10)", "Importance (0 à 10)", "الأهمية (0 إلى 10)") \
    X(comments, "Comments", "Commentaires", "ملاحظات") \
    X(gender, "Gender", "Sexe", "الجنس") \
    X(title, "Title", "Titre", "اللقب") \
    X(first_name, "First name", "Prénom", "الاسم الشخصي") \
    X(middle_name, "Middle name", "Deuxième prénom", "الاسم الأوسط") \
    X(prefix, "Particle", "Particule", "البادئة") \
    X(last_name, "Last name", "Nom de famille", "الاسم العائلي") \
    X(birthdate, "Date of birth", "Date de naissance", "تاريخ الميلاد") \
    X(birth_place, "Place of birth", "Lieu de naissance", "مكان الميلاد") \
    X(country_of_birth, "Country of birth", "Pays de naissance", "بلد الميلاد") \
    X(mothers_name, "Mother’s name", "Nom de la mère", "اسم الأم") \
    X(alias, "Alias", "Alias", "اسم آخر") \
    X(full_name_frn, "Full name in its own script", "Nom complet dans son écriture", "الاسم الكامل بكتابته الأصلية") \
    X(previous_names, "Former names", "Anciens noms", "الأسماء السابقة") \
    X(ssn, "Social security number", "Numéro de sécurité sociale", "رقم الضمان الاجتماعي") \
    X(passport_number, "Passport number", "Numéro de passeport", "رقم جواز السفر") \
    X(passport_country, "Country of the passport", "Pays du passeport", "بلد جواز السفر") \
    X(id_number, "Identity number", "Numéro d’identité", "رقم الهوية") \
    X(nationality1, "Nationality", "Nationalité", "الجنسية") \
    X(nationality2, "Second nationality", "Deuxième nationalité", "الجنسية الثانية") \
    X(nationality3, "Third nationality", "Troisième nationalité", "الجنسية الثالثة") \
    X(residence, "Country of residence", "Pays de résidence", "بلد الإقامة") \
    X(phones, "Telephones", "Téléphones", "الهواتف") \
    X(addresses, "Addresses", "Adresses", "العناوين") \
    X(email, "E-mail", "Courriel", "البريد الإلكتروني") \
    X(occupation, "Occupation", "Profession", "المهنة") \
    X(employer_name, "Employer", "Employeur", "المشغل") \
    X(identification, "Identity document", "Pièce d’identité", "وثيقة هوية") \
    X(deceased, "Deceased", "Décédée", "متوفى") \
    X(date_deceased, "Date of death", "Date de décès", "تاريخ الوفاة") \
    X(tax_number, "Tax number", "Identifiant fiscal", "الرقم الضريبي") \
    X(tax_reg_number, "Tax register number", "Numéro au registre fiscal", "رقم السجل الضريبي") \
    X(source_of_wealth, "Source of wealth", "Origine du patrimoine", "مصدر الثروة") \
    X(sanctions, "Sanctions lists", "Listes de sanctions", "قوائم العقوبات") \
    X(name, "Name", "Nom", "الاسم") \
    X(commercial_name, "Trade name", "Nom commercial", "الاسم التجاري") \
    X(incorporation_legal_form, "Legal form", "Forme juridique", "الشكل القانوني") \
    X(incorporation_number, "Registration number", "Numéro d’immatriculation", "رقم التسجيل") \
    X(business, "Business", "Activité", "النشاط التجاري") \
    X(url, "Website", "Site web", "الموقع الإلكتروني") \
    X(incorporation_state, "State of incorporation", "Région d’immatriculation", "منطقة التسجيل") \
    X(incorporation_country_code, "Country of incorporation", "Pays d’immatriculation", "بلد التسجيل") \
    X(incorporation_date, "Date of incorporation", "Date d’immatriculation", "تاريخ التسجيل") \
    X(business_closed, "Closed", "Cessée", "مغلقة") \
    X(date_business_closed, "Date of closing", "Date de cessation", "تاريخ الإغلاق") \
    X(address_type, "Kind of address", "Type d’adresse", "نوع العنوان") \
    X(address, "Street and number", "Voie et numéro", "الشارع والرقم") \
    X(town, "Town", "Localité", "البلدة") \
    X(city, "City", "Ville", "المدينة") \
    X(zip, "Postal code", "Code postal", "الرمز البريدي") \
    X(country_code, "Country", "Pays", "البلد") \
    X(state, "State or region", "Région", "الولاية أو المنطقة") \
    X(tph_contact_type, "Whose telephone", "Usage du téléphone", "صفة الهاتف") \
    X(tph_communication_type, "Kind of telephone", "Type de téléphone", "نوع الهاتف") \
    X(tph_country_prefix, "Country prefix", "Indicatif du pays", "رمز البلد الهاتفي") \
    X(tph_number, "Telephone number", "Numéro de téléphone", "رقم الهاتف") \
    X(tph_extension, "Extension", "Poste", "الرقم الداخلي") \
    X(type, "Kind", "Type", "النوع") \
    X(number, "Number", "Numéro", "الرقم") \
    X(issue_date, "Date of issue", "Date de délivrance", "تاريخ الإصدار") \
    X(expiry_date, "Date of expiry", "Date d’expiration", "تاريخ الانتهاء") \
    X(issued_by, "Issued by", "Délivrée par", "سلطة الإصدار") \
    X(issue_country, "Country of issue", "Pays de délivrance", "بلد الإصدار") \
    X(provider, "Who keeps the list", "Éditeur de la liste", "ناشر القائمة") \
    X(sanction_list_name, "List", "Liste", "القائمة") \
    X(match_criteria, "Why it matches", "Éléments de correspondance", "أسباب التطابق") \
    X(link_to_source, "Link", "Lien", "الرابط") \
    X(sanction_list_attributes, "What the list says", "Ce que dit la liste", "ما تقوله القائمة")
/* clang-format on */

#endif
