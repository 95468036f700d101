/* What the page that audits the service's own settings says, in three languages. {0} is the check's figure; numbers
 * stand behind a colon, so that no language has to count. Nobody but security.c includes this.
 *
 * X(CONSTANT, id, (what is good), (what is not), (what to do)), each of them English, French, Arabic. */
#ifndef MIZAN_SERVER_SECURITY_TEXTS_H
#define MIZAN_SERVER_SECURITY_TEXTS_H

/* clang-format off */
#define MZ_SECURITY_CHECKS(X) \
    X(TLS, "tls", \
      ("Clients reach the service encrypted, or only from this machine.", \
       "Les clients joignent le service par une liaison chiffrée, ou seulement depuis cette machine.", \
       "يصل المستخدمون إلى الخدمة عبر اتصال مشفر، أو من هذا الجهاز وحده."), \
      ("Clients reach the service without encryption.", \
       "Les clients joignent le service sans chiffrement.", \
       "يصل المستخدمون إلى الخدمة بلا تشفير."), \
      ("Start it with --tls-certificate and --tls-key, or behind a proxy with --origin https://…", \
       "Démarrez-le avec --tls-certificate et --tls-key, ou derrière un mandataire avec --origin https://…", \
       "شغلها مع ‎--tls-certificate و‎--tls-key، أو خلف وسيط مع ‎--origin https://…")) \
    X(ORIGIN, "origin", \
      ("The service knows the address at which browsers find it.", \
       "Le service connaît l’adresse où les navigateurs le trouvent.", \
       "تعرف الخدمة العنوان الذي تجدها عليه المتصفحات."), \
      ("The service takes any name that a browser calls it by.", \
       "Le service accepte tout nom par lequel un navigateur l’appelle.", \
       "تقبل الخدمة أي اسم يناديها به المتصفح."), \
      ("Start it with --origin, the address where people find it.", \
       "Démarrez-le avec --origin, l’adresse où les gens le trouvent.", \
       "شغلها مع ‎--origin، وهو العنوان الذي يجدها الناس عليه.")) \
    X(ANONYMOUS, "anonymous", \
      ("Nobody from elsewhere may do anything without signing in or a key.", \
       "Personne d’ailleurs ne peut rien faire sans se connecter ni clé.", \
       "لا يستطيع أحد من خارج هذا الجهاز فعل شيء بلا تسجيل دخول أو مفتاح."), \
      ("Whoever reaches the service may screen and read lists.", \
       "Quiconque joint le service peut cribler des noms et lire les listes.", \
       "كل من يصل إلى الخدمة يستطيع الفرز وقراءة القوائم."), \
      ("Start it without --anonymous, and give keys to programs.", \
       "Démarrez-le sans --anonymous et donnez des clés aux programmes.", \
       "شغلها بلا ‎--anonymous، وامنح البرامج مفاتيح.")) \
    X(SECOND_FACTOR, "second-factor", \
      ("Everybody of the agency needs a second factor.", \
       "Chacun dans l’organisme doit avoir un second facteur.", \
       "كل من في الهيئة يحتاج إلى عامل ثان."), \
      ("The agency does not demand a second factor.", \
       "L’organisme n’exige pas de second facteur.", \
       "لا تشترط الهيئة عاملا ثانيا."), \
      ("Demand it in the settings of the agency.", \
       "Exigez-le dans les réglages de l’organisme.", \
       "اشترطه في إعدادات الهيئة.")) \
    X(ADMINISTRATORS, "administrators-second-factor", \
      ("All administrators have a second factor.", \
       "Tous les administrateurs ont un second facteur.", \
       "لكل المديرين عامل ثان."), \
      ("Administrators without a second factor: {0}", \
       "Administrateurs sans second facteur : {0}", \
       "المديرون بلا عامل ثان: {0}"), \
      ("Ask them to set one up under their own account.", \
       "Demandez-leur d’en installer un dans leur propre compte.", \
       "اطلب منهم إعداده في حساباتهم.")) \
    X(ONE_TIME, "one-time-passwords", \
      ("Nobody still has a one-time password.", \
       "Personne n’a encore de mot de passe à usage unique.", \
       "لم يعد لأحد كلمة مرور لمرة واحدة."), \
      ("One-time passwords that were not changed yet: {0}", \
       "Mots de passe à usage unique pas encore changés : {0}", \
       "كلمات مرور لمرة واحدة لم تغير بعد: {0}"), \
      ("Ask these people to sign in, or lock them.", \
       "Demandez à ces personnes de se connecter, ou bloquez-les.", \
       "اطلب من أصحابها تسجيل الدخول، أو أقفل حساباتهم.")) \
    X(KEYS_WITHOUT_END, "keys-without-end", \
      ("All keys have an end.", "Toutes les clés ont une fin.", "لكل المفاتيح نهاية."), \
      ("Keys without an end: {0}", "Clés sans fin : {0}", "مفاتيح بلا نهاية: {0}"), \
      ("Make new ones that end, and revoke these.", \
       "Créez-en de nouvelles avec une fin et révoquez celles-ci.", \
       "أنشئ مفاتيح جديدة لها نهاية وألغ هذه.")) \
    X(KEYS_UNUSED, "keys-unused", \
      ("All keys were used within 90 days.", \
       "Toutes les clés ont servi depuis 90 jours.", \
       "استعملت كل المفاتيح خلال 90 يوما."), \
      ("Keys that were not used for 90 days: {0}", \
       "Clés qui n’ont pas servi depuis 90 jours : {0}", \
       "مفاتيح لم تستعمل منذ 90 يوما: {0}"), \
      ("Revoke what nobody needs.", "Révoquez ce dont personne n’a besoin.", "ألغ ما لا يحتاجه أحد.")) \
    X(LISTS, "lists", \
      ("All lists were confirmed by their publishers in time.", \
       "Toutes les listes ont été confirmées à temps par leurs éditeurs.", \
       "أكد الناشرون كل القوائم في الوقت المطلوب."), \
      ("Lists that were not confirmed for too long: {0}", \
       "Listes qui n’ont pas été confirmées depuis trop longtemps : {0}", \
       "قوائم لم تؤكد منذ وقت طويل: {0}"), \
      ("Update them, on the page of lists or by a timer: mizan lists update", \
       "Mettez-les à jour, sur la page des listes ou par un minuteur : mizan lists update", \
       "حدثها من صفحة القوائم أو بمؤقت: mizan lists update")) \
    X(CHECKPOINT, "audit-checkpoint", \
      ("The audit chain was signed. Days since: {0}", \
       "La chaîne d’audit a été signée. Jours depuis : {0}", \
       "وقعت سلسلة التدقيق. الأيام منذ ذلك: {0}"), \
      ("The audit chain was not signed within two days.", \
       "La chaîne d’audit n’a pas été signée depuis deux jours.", \
       "لم توقع سلسلة التدقيق منذ يومين."), \
      ("See to the service's audit key, sign a checkpoint, and keep it elsewhere.", \
       "Veillez à la clé d’audit du service, signez un point de contrôle et gardez-le ailleurs.", \
       "تحقق من مفتاح التدقيق، ووقع نقطة تحقق، واحفظها في مكان آخر.")) \
    X(VERIFIED, "audit-verified", \
      ("The audit chain was found whole. Days since: {0}", \
       "La chaîne d’audit a été trouvée intacte. Jours depuis : {0}", \
       "وجدت سلسلة التدقيق سليمة. الأيام منذ ذلك: {0}"), \
      ("The audit chain was not verified within thirty days, or not found whole.", \
       "La chaîne d’audit n’a pas été vérifiée depuis trente jours, ou n’a pas été trouvée intacte.", \
       "لم يتحقق من سلسلة التدقيق منذ ثلاثين يوما، أو لم توجد سليمة."), \
      ("Verify it on the page of the audit chain, or by mizan audit verify; when it is not whole, keep a copy of the database " \
       "and find out who wrote to it.", \
       "Vérifiez-la sur la page de la chaîne d’audit, ou par mizan audit verify ; si elle n’est pas intacte, " \
       "gardez une copie de la base et cherchez qui y a écrit.", \
       "تحقق منها في صفحة سلسلة التدقيق أو بالأمر mizan audit verify؛ وإن لم تكن سليمة فاحفظ نسخة من قاعدة البيانات وابحث عمن " \
       "كتب فيها.")) \
    X(AUDIT_KEY, "audit-key", \
      ("The file of the key that signs the audit chain is there, and holds that key.", \
       "Le fichier de la clé qui signe la chaîne d’audit est là, et contient cette clé.", \
       "ملف المفتاح الذي يوقع سلسلة التدقيق موجود وفيه ذلك المفتاح."), \
      ("The file of the key that signs the audit chain is not there, cannot be read, or holds another key.", \
       "Le fichier de la clé qui signe la chaîne d’audit manque, ne peut être lu ou contient une autre clé.", \
       "ملف المفتاح الذي يوقع سلسلة التدقيق مفقود أو لا يقرأ أو فيه مفتاح آخر."), \
      ("Bring audit.key back from its copy, or name another by --audit-key; at the next start it is made anew where it is " \
       "missing.", \
       "Rétablissez audit.key depuis sa copie, ou nommez-en une autre par --audit-key ; au prochain démarrage, elle est " \
       "refaite si elle manque.", \
       "استعد audit.key من نسخته، أو سم غيره مع ‎--audit-key؛ وعند التشغيل القادم ينشأ من جديد إن كان مفقودا.")) \
    X(AUDIT_KEY_OWNER, "audit-key-owner", \
      ("Nobody but its owner may use the key that signs the audit chain.", \
       "Personne d’autre que son propriétaire ne peut utiliser la clé qui signe la chaîne d’audit.", \
       "لا يستعمل المفتاح الذي يوقع سلسلة التدقيق إلا مالكه."), \
      ("Others on this machine may use the key that signs the audit chain, or what its file allows is not seen.", \
       "D’autres sur cette machine peuvent utiliser la clé qui signe la chaîne d’audit, ou ses droits ne se voient pas.", \
       "يستطيع آخرون على هذا الجهاز استعمال المفتاح الذي يوقع سلسلة التدقيق، أو لا ترى صلاحياته."), \
      ("chmod 600, and think of a new key.", \
       "chmod 600, et pensez à une nouvelle clé.", \
       "نفذ chmod 600، وفكر في مفتاح جديد.")) \
    X(AUDIT_KEY_USED, "audit-key-used", \
      ("The last checkpoint of the audit chain is signed by the key of this service.", \
       "Le dernier point de contrôle de la chaîne d’audit est signé par la clé de ce service.", \
       "آخر نقطة تحقق لسلسلة التدقيق موقعة بمفتاح هذه الخدمة."), \
      ("The last checkpoint of the audit chain is not signed by the key of this service, or there is none.", \
       "Le dernier point de contrôle de la chaîne d’audit n’est pas signé par la clé de ce service, ou il n’y en a pas.", \
       "آخر نقطة تحقق لسلسلة التدقيق غير موقعة بمفتاح هذه الخدمة، أو لا توجد نقطة."), \
      ("If the key was changed on purpose, sign anew; else find out who signed.", \
       "Si la clé a été changée à dessein, signez de nouveau ; sinon, cherchez qui a signé.", \
       "إن غير المفتاح عمدا فوقع من جديد؛ وإلا فابحث عمن وقع.")) \
    X(AUDIT_SIGNED, "audit-key-signed", \
      ("What the key signed last is remembered beside it.", \
       "Ce que la clé a signé en dernier est retenu à côté d’elle.", \
       "ما وقعه المفتاح آخر مرة محفوظ بجانبه."), \
      ("What the key signed last is not there, cannot be read, or others may change it: audit.key.signed", \
       "Ce que la clé a signé en dernier manque, ne peut être lu ou peut être modifié par d’autres : audit.key.signed", \
       "ما وقعه المفتاح آخر مرة مفقود أو لا يقرأ أو يستطيع آخرون تغييره: audit.key.signed"), \
      ("chmod 600, or bring it back from its copy, and verify the chain: mizan audit verify.", \
       "chmod 600, ou rétablissez-le depuis sa copie, et vérifiez la chaîne : mizan audit verify.", \
       "نفذ chmod 600، أو استعده من نسخته، وتحقق من السلسلة: mizan audit verify.")) \
    X(FOUR_EYES, "four-eyes", \
      ("True matches are decided by two people.", \
       "Les correspondances avérées se décident à deux.", \
       "يقرر التطابق المؤكد شخصان."), \
      ("One person alone may decide on a true match.", \
       "Une seule personne peut décider d’une correspondance avérée.", \
       "يستطيع شخص واحد أن يقرر وحده تطابقا مؤكدا."), \
      ("Ask for four eyes in the settings of the casework.", \
       "Demandez quatre yeux dans les réglages des dossiers.", \
       "اشترط العيون الأربع في إعدادات الملفات.")) \
    X(APPROVERS, "approvers", \
      ("People who may approve: {0}", "Personnes qui peuvent approuver : {0}", "من يستطيعون الاعتماد: {0}"), \
      ("People who may approve: {0}. When one is away, or has proposed, nobody can.", \
       "Personnes qui peuvent approuver : {0}. Quand l’une est absente ou a proposé, personne ne le peut.", \
       "من يستطيعون الاعتماد: {0}. فإذا غاب أحدهم أو كان هو المقترح فلا معتمد."), \
      ("Make two people approvers at least.", \
       "Nommez au moins deux approbateurs.", \
       "عين معتمدين اثنين على الأقل.")) \
    X(RETENTION, "retention", \
      ("Personal data are erased after days: {0}", \
       "Les données personnelles sont effacées après ce nombre de jours : {0}", \
       "تمحى البيانات الشخصية بعد أيام: {0}"), \
      ("Personal data are kept without an end.", \
       "Les données personnelles sont conservées sans limite.", \
       "تحفظ البيانات الشخصية بلا نهاية."), \
      ("Set how long the law asks you to keep them.", \
       "Fixez la durée de conservation que la loi demande.", \
       "حدد المدة التي يوجبها القانون.")) \
    X(DATABASE, "database-file", \
      ("Nobody but its owner may read the database.", \
       "Personne d’autre que son propriétaire ne peut lire la base.", \
       "لا يقرأ قاعدة البيانات إلا مالكها."), \
      ("Others on this machine may read the database, or what it allows is not seen from here.", \
       "D’autres sur cette machine peuvent lire la base, ou ses droits ne se voient pas d’ici.", \
       "يستطيع آخرون على هذا الجهاز قراءة قاعدة البيانات، أو لا ترى صلاحياتها من هنا."), \
      ("Of a file: chmod 600. Of a server: see to who may sign in to it.", \
       "Pour un fichier : chmod 600. Pour un serveur : veillez à qui peut s’y connecter.", \
       "إن كانت ملفا: chmod 600. وإن كانت خادما: راجع من يستطيع الدخول إليه.")) \
    X(BACKUP, "backup", \
      ("The database is backed up.", "La base est sauvegardée.", "توجد نسخة احتياطية من قاعدة البيانات."), \
      ("Whether the database is backed up is not seen from here.", \
       "Que la base soit sauvegardée ne se voit pas d’ici.", \
       "لا يعرف من هنا هل لقاعدة البيانات نسخة احتياطية."), \
      ("Copy it each day to another machine, encrypted, and try to restore it: docs/store.md.", \
       "Copiez-la chaque jour sur une autre machine, chiffrée, et essayez de la restaurer : docs/store.md.", \
       "انسخها كل يوم إلى جهاز آخر مشفرة، وجرب استعادتها: docs/store.md.")) \
    X(LOG, "log-names", \
      ("The log has no names of those who are screened.", \
       "Le journal ne contient pas les noms de ceux qui sont criblés.", \
       "لا يحوي سجل التشغيل أسماء من جرى فرزهم."), \
      ("The log has the names of those who are screened.", \
       "Le journal contient les noms de ceux qui sont criblés.", \
       "يحوي سجل التشغيل أسماء من جرى فرزهم."), \
      ("Start the service without --log-names.", \
       "Démarrez le service sans --log-names.", \
       "شغل الخدمة بلا ‎--log-names.")) \
    X(SESSIONS, "sessions", \
      ("A session ends after minutes without a request: {0}", \
       "Une session finit après ces minutes sans requête : {0}", \
       "تنتهي الجلسة بعد دقائق بلا طلب: {0}"), \
      ("Sessions last long. Minutes without a request: {0}", \
       "Les sessions durent longtemps. Minutes sans requête : {0}", \
       "الجلسات طويلة. الدقائق بلا طلب: {0}"), \
      ("An hour without a request, and a day in all, are enough.", \
       "Une heure sans requête, et un jour en tout, suffisent.", \
       "تكفي ساعة بلا طلب، ويوم في المجموع.")) \
    X(BUILD, "build", \
      ("This is mizan {0}.", "Ceci est mizan {0}.", "هذا mizan {0}."), \
      ("This is mizan {0}.", "Ceci est mizan {0}.", "هذا mizan {0}."), \
      ("Keep it up to date.", "Tenez-le à jour.", "حدثه باستمرار."))
/* clang-format on */

#endif
