/* What properties are called in the tables for people, in three languages; every property has its label, which a test
 * watches over. Whoever shows properties makes a table of it. */
#ifndef MIZAN_ENTITY_PROPERTY_WORDS_H
#define MIZAN_ENTITY_PROPERTY_WORDS_H

/* X(property, English, French, Arabic) */
#define MZ_PROPERTY_WORDS(X)                                                                                           \
    X(name, "name", "nom", "الاسم")                                                                                    \
    X(alias, "alias", "autre nom", "اسم آخر")                                                                          \
    X(weakAlias, "weak alias", "alias de faible fiabilité", "اسم مستعار ضعيف")                                         \
    X(previousName, "former name", "ancien nom", "اسم سابق")                                                           \
    X(abbreviation, "abbreviation", "sigle", "اسم مختصر")                                                              \
    X(title, "title", "titre", "اللقب")                                                                                \
    X(firstName, "first name", "prénom", "الاسم الأول")                                                                \
    X(secondName, "second name", "deuxième prénom", "الاسم الثاني")                                                    \
    X(middleName, "middle name", "nom intermédiaire", "الاسم الأوسط")                                                  \
    X(fatherName, "father’s name", "nom du père", "اسم الأب")                                                          \
    X(motherName, "mother’s name", "nom de la mère", "اسم الأم")                                                       \
    X(lastName, "last name", "nom de famille", "اسم العائلة")                                                          \
    X(maidenName, "maiden name", "nom de naissance", "اسم العائلة قبل الزواج")                                         \
    X(nameSuffix, "name suffix", "suffixe du nom", "لاحقة الاسم")                                                      \
    X(summary, "summary", "résumé", "ملخص")                                                                            \
    X(description, "description", "description", "وصف")                                                                \
    X(notes, "note", "note", "ملاحظة")                                                                                 \
    X(keywords, "keyword", "mot-clé", "كلمة مفتاحية")                                                                  \
    X(topics, "topic", "thème", "موضوع")                                                                               \
    X(program, "programme", "programme", "البرنامج")                                                                   \
    X(programId, "programme code", "code du programme", "رمز البرنامج")                                                \
    X(programUrl, "programme’s web address", "adresse web du programme", "عنوان البرنامج على الشبكة")                  \
    X(sourceUrl, "web address", "adresse web", "عنوان على الشبكة")                                                     \
    X(website, "website", "site web", "موقع على الشبكة")                                                               \
    X(wikipediaUrl, "Wikipedia page", "page Wikipédia", "صفحة ويكيبيديا")                                              \
    X(wikidataId, "Wikidata number", "numéro Wikidata", "رقم ويكي بيانات")                                             \
    X(publisher, "publisher", "éditeur", "الناشر")                                                                     \
    X(createdAt, "date of creation", "date de création", "تاريخ الإنشاء")                                              \
    X(modifiedAt, "date of change", "date de modification", "تاريخ التعديل")                                           \
    X(country, "country", "pays", "البلد")                                                                             \
    X(mainCountry, "main country", "pays principal", "البلد الرئيسي")                                                  \
    X(jurisdiction, "jurisdiction", "juridiction", "الولاية القضائية")                                                 \
    X(nationality, "nationality", "nationalité", "الجنسية")                                                            \
    X(citizenship, "citizenship", "citoyenneté", "المواطنة")                                                           \
    X(birthCountry, "country of birth", "pays de naissance", "بلد الميلاد")                                            \
    X(birthDate, "date of birth", "date de naissance", "تاريخ الميلاد")                                                \
    X(birthPlace, "place of birth", "lieu de naissance", "مكان الميلاد")                                               \
    X(deathDate, "date of death", "date de décès", "تاريخ الوفاة")                                                     \
    X(gender, "gender", "sexe", "الجنس")                                                                               \
    X(position, "position", "fonction", "المنصب")                                                                      \
    X(education, "education", "formation", "التعليم")                                                                  \
    X(ethnicity, "ethnicity", "appartenance ethnique", "الأصل العرقي")                                                 \
    X(religion, "religion", "religion", "الديانة")                                                                     \
    X(political, "political association", "appartenance politique", "الانتماء السياسي")                                \
    X(spokenLanguage, "spoken language", "langue parlée", "لغة التخاطب")                                               \
    X(appearance, "appearance", "apparence", "المظهر")                                                                 \
    X(height, "height", "taille", "الطول")                                                                             \
    X(weight, "weight", "poids", "الوزن")                                                                              \
    X(eyeColor, "colour of eyes", "couleur des yeux", "لون العينين")                                                   \
    X(hairColor, "colour of hair", "couleur des cheveux", "لون الشعر")                                                 \
    X(email, "e-mail address", "adresse électronique", "البريد الإلكتروني")                                            \
    X(phone, "telephone number", "numéro de téléphone", "رقم الهاتف")                                                  \
    X(passportNumber, "passport number", "numéro de passeport", "رقم جواز السفر")                                      \
    X(socialSecurityNumber, "social security number", "numéro de sécurité sociale", "رقم الضمان الاجتماعي")            \
    X(idNumber, "identity number", "numéro d’identité", "رقم الهوية")                                                  \
    X(taxNumber, "tax number", "numéro fiscal", "الرقم الضريبي")                                                       \
    X(vatCode, "VAT number", "numéro de TVA", "رقم ضريبة القيمة المضافة")                                              \
    X(registrationNumber, "registration number", "numéro d’immatriculation", "رقم التسجيل")                            \
    X(licenseNumber, "licence number", "numéro de licence", "رقم الترخيص")                                             \
    X(leiCode, "LEI", "LEI", "معرف الكيان القانوني LEI")                                                               \
    X(innCode, "INN", "INN", "الرقم الضريبي الروسي INN")                                                               \
    X(ogrnCode, "OGRN", "OGRN", "رقم السجل الروسي OGRN")                                                               \
    X(okpoCode, "OKPO", "OKPO", "رقم الإحصاء الروسي OKPO")                                                             \
    X(kppCode, "KPP", "KPP", "رمز التسجيل الروسي KPP")                                                                 \
    X(dunsCode, "DUNS number", "numéro DUNS", "رقم DUNS")                                                              \
    X(cageCode, "CAGE code", "code CAGE", "رمز CAGE")                                                                  \
    X(uniqueEntityId, "UEI", "UEI", "معرف الكيان UEI")                                                                 \
    X(npiCode, "NPI", "NPI", "رقم NPI")                                                                                \
    X(giiNumber, "GIIN", "GIIN", "رقم GIIN")                                                                           \
    X(permId, "PermID", "PermID", "رقم PermID")                                                                        \
    X(uscCode, "unified social credit code", "code unifié de crédit social", "رمز الائتمان الاجتماعي الموحد")          \
    X(swiftBic, "BIC", "BIC", "رمز المصرف BIC")                                                                        \
    X(iban, "IBAN", "IBAN", "رقم الحساب الدولي IBAN")                                                                  \
    X(accountNumber, "account number", "numéro de compte", "رقم الحساب")                                               \
    X(isin, "ISIN", "ISIN", "رمز ISIN")                                                                                \
    X(isinCode, "ISIN", "ISIN", "رمز ISIN")                                                                            \
    X(ticker, "stock symbol", "symbole boursier", "رمز التداول")                                                       \
    X(imoNumber, "IMO number", "numéro OMI", "رقم المنظمة البحرية IMO")                                                \
    X(mmsi, "MMSI", "MMSI", "رقم MMSI")                                                                                \
    X(callSign, "call sign", "indicatif d’appel", "علامة النداء")                                                      \
    X(serialNumber, "serial number", "numéro de série", "الرقم التسلسلي")                                              \
    X(icaoCode, "ICAO code", "code OACI", "رمز ICAO")                                                                  \
    X(publicKey, "wallet address", "adresse de portefeuille", "عنوان المحفظة")                                         \
    X(currency, "currency", "monnaie", "العملة")                                                                       \
    X(legalForm, "legal form", "forme juridique", "الشكل القانوني")                                                    \
    X(incorporationDate, "date of incorporation", "date de constitution", "تاريخ التأسيس")                             \
    X(dissolutionDate, "date of dissolution", "date de dissolution", "تاريخ الحل")                                     \
    X(status, "status", "statut", "الحالة")                                                                            \
    X(sector, "sector", "secteur", "القطاع")                                                                           \
    X(classification, "classification", "classification", "التصنيف")                                                   \
    X(type, "type", "type", "النوع")                                                                                   \
    X(model, "model", "modèle", "الطراز")                                                                              \
    X(flag, "flag", "pavillon", "العلم")                                                                               \
    X(pastFlags, "former flag", "ancien pavillon", "علم سابق")                                                         \
    X(tonnage, "tonnage", "tonnage", "الحمولة")                                                                        \
    X(grossRegisteredTonnage, "gross tonnage", "jauge brute", "الحمولة الإجمالية")                                     \
    X(deadweightTonnage, "deadweight", "port en lourd", "الحمولة الساكنة")                                             \
    X(buildDate, "date of building", "date de construction", "تاريخ البناء")                                           \
    X(address, "address", "adresse", "العنوان")                                                                        \
    X(addressEntity, "address", "adresse", "العنوان")                                                                  \
    X(full, "whole address", "adresse complète", "العنوان الكامل")                                                     \
    X(street, "street", "rue", "الشارع")                                                                               \
    X(street2, "street, second line", "rue, deuxième ligne", "الشارع، السطر الثاني")                                   \
    X(street3, "street, third line", "rue, troisième ligne", "الشارع، السطر الثالث")                                   \
    X(city, "city", "ville", "المدينة")                                                                                \
    X(postalCode, "postal code", "code postal", "الرمز البريدي")                                                       \
    X(postOfficeBox, "post office box", "boîte postale", "صندوق البريد")                                               \
    X(region, "region", "région", "المنطقة")                                                                           \
    X(state, "state", "État", "الولاية")                                                                               \
    X(remarks, "remark", "remarque", "تعليق")                                                                          \
    X(number, "document number", "numéro de document", "رقم الوثيقة")                                                  \
    X(authority, "authority", "autorité", "السلطة")                                                                    \
    X(authorityId, "authority’s number", "numéro donné par l’autorité", "الرقم لدى السلطة")                            \
    X(unscId, "UN reference", "référence de l’ONU", "مرجع الأمم المتحدة")                                              \
    X(recordId, "record number", "numéro de la fiche", "رقم القيد")                                                    \
    X(provisions, "measure", "mesure", "التدبير")                                                                      \
    X(reason, "reason", "motif", "السبب")                                                                              \
    X(duration, "duration", "durée", "المدة")                                                                          \
    X(listingDate, "date of listing", "date d’inscription", "تاريخ الإدراج")                                           \
    X(startDate, "start date", "date de début", "تاريخ البداية")                                                       \
    X(endDate, "end date", "date de fin", "تاريخ النهاية")                                                             \
    X(date, "date", "date", "التاريخ")                                                                                 \
    X(role, "role", "rôle", "الدور")                                                                                   \
    X(relationship, "relationship", "lien", "العلاقة")                                                                 \
    X(percentage, "percentage", "pourcentage", "النسبة المئوية")                                                       \
    X(holder, "holder", "titulaire", "الحامل")                                                                         \
    X(entity, "entity", "entité", "الكيان")                                                                            \
    X(owner, "owner", "propriétaire", "المالك")                                                                        \
    X(operator, "operator", "exploitant", "المشغل")                                                                    \
    X(asset, "asset", "bien", "الأصل المملوك")                                                                         \
    X(person, "person", "personne", "الشخص")                                                                           \
    X(relative, "relative", "parent", "القريب")                                                                        \
    X(associate, "associate", "associé", "الشريك")                                                                     \
    X(director, "director", "dirigeant", "المدير")                                                                     \
    X(organization, "organization", "organisation", "المنظمة")                                                         \
    X(member, "member", "membre", "العضو")                                                                             \
    X(employer, "employer", "employeur", "صاحب العمل")                                                                 \
    X(employee, "employee", "employé", "الموظف")                                                                       \
    X(agent, "agent", "agent", "الوكيل")                                                                               \
    X(client, "client", "client", "العميل")                                                                            \
    X(predecessor, "predecessor", "prédécesseur", "السلف")                                                             \
    X(successor, "successor", "successeur", "الخلف")                                                                   \
    X(post, "post", "poste", "الوظيفة")                                                                                \
    X(parent, "parent organization", "organisation mère", "المنظمة الأم")                                              \
    X(issuer, "issuer", "émetteur", "المصدر")                                                                          \
    X(subject, "subject", "sujet", "الموضوع")                                                                          \
    X(object, "object", "objet", "المفعول به")                                                                         \
    X(proof, "proof", "preuve", "الدليل")

#endif
